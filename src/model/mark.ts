import { digestOf } from './digest.ts';

/** `[bs:` and eight letters: 48 bits are plenty among the children of one parent. */
const MARK = /\[bs:[\w-]{8}\]/;
const LENGTH = 8;

/** The mark of a child: the same in every life of the store, as it hangs on nothing but who the record is. */
export function markOf(tenant: string, sync: string, key: string): string {
  return `[bs:${digestOf([tenant, sync, key]).slice(0, LENGTH)}]`;
}

/** The last mark in a text, where it has one: what a person wrote around it doesn't matter. */
export function markIn(text: unknown): string | undefined {
  return typeof text === 'string' ? text.match(new RegExp(MARK, 'g'))?.at(-1) : undefined;
}

/** The text as it is without its marks. */
export function withoutMark(text: string): string {
  return text.replace(new RegExp(`\\s*${MARK.source}`, 'g'), '');
}

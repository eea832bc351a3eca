import type { Finding } from '../expression/types/infer-scope.ts';
import type { Inspected } from './inspections.ts';

/** The first of several bare words in brackets, none of which is a field. */
export type BareList = Extract<Finding, { readonly type: 'unknown-name' }> & {
  readonly listed: readonly string[];
};

const LIST = /\[\s*([\p{L}_][\p{L}\p{N}_]*(?:\s*,\s*[\p{L}_][\p{L}\p{N}_]*)+)\s*\]/gu;

/** `status in [Confirmed, Done]`: the quotes were forgotten, which is one mistake. */
export function bareLists(
  { place }: Inspected,
  findings: readonly Finding[],
): readonly (Finding | BareList)[] {
  const unknown = findings.filter((each) => each.type === 'unknown-name' && each.of === undefined);
  if (unknown.length < 2) return findings;
  const told = new Map<Finding, BareList | undefined>();
  for (const { index, 0: written, 1: inside = '' } of String(place.node.value).matchAll(LIST)) {
    const listed = inside.split(/\s*,\s*/);
    const within = unknown.filter(({ offset }) => offset > index && offset < index + written.length);
    const [first] = within;
    if (first?.type !== 'unknown-name' || within.length !== listed.length) continue;
    for (const each of within) told.set(each, undefined);
    told.set(first, { ...first, listed });
  }
  return findings.flatMap((each) => (told.has(each) ? (told.get(each) ?? []) : [each]));
}

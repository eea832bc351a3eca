import { depthOf, parseJson } from '../model/parse-json.ts';

/** Deeper ones are no records: what walks through them would run out of stack. */
const MOST_LEVELS = 200;

type Body =
  | { readonly type: 'body'; readonly body: unknown }
  | { readonly type: 'unreadable'; readonly message: string };

/** JSON text in UTF-8. Invalid bytes are refused, not replaced: they would be lost. */
export function readBody(raw: Buffer): Body {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(raw);
    if (depthOf(text) > MOST_LEVELS)
      return { type: 'unreadable', message: `the body is nested deeper than ${MOST_LEVELS} levels` };
    return { type: 'body', body: parseJson(text) };
  } catch {
    return { type: 'unreadable', message: 'the body is not JSON in UTF-8' };
  }
}

import type { Answered } from '../../model/answer.ts';
import { isObject } from '../../model/json.ts';
import { nextLink } from './next-link.ts';

/** Names that APIs give to "there is more": a truth … */
const HAS_MORE = /^(has_?(more|next(_?page)?)|more)$/i;
/** … or where it is: a page, an address, a token. */
const NEXT = /^next(_?(page|url|uri|link|href|cursor|page_?(url|token|cursor)|token))?$/i;

/** Whether an answer says itself that it is not the whole: at its top or one level below, in `meta` say, or in its Link header. */
export function saysMore({ body, headers }: Pick<Answered, 'body' | 'headers'>): boolean {
  if (nextLink(headers['link']) !== undefined) return true;
  if (!isObject(body)) return false;
  return [body, ...Object.values(body).filter(isObject)].some((level) =>
    Object.entries(level).some(
      ([name, value]) => (HAS_MORE.test(name) && value === true) || (NEXT.test(name) && leadsOn(value)),
    ),
  );
}

function leadsOn(value: unknown): boolean {
  if (isObject(value)) return typeof value['href'] === 'string' && value['href'] !== '';
  return (
    value === true || (typeof value === 'string' && value !== '') || (typeof value === 'number' && value > 0)
  );
}

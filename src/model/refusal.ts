import type { Answered } from './answer.ts';
import { isObject } from './json.ts';

/**
 * What an API refuses with 401 or 403. A token that is expired or revoked can be renewed; a scope that is missing, a wrong
 * `Version` header or another's location can't be mended by any number of refreshes.
 */
export type Refusal = 'token' | 'scope' | 'version' | 'access';

/** Nothing where the answer refuses something else than who calls. */
export function refusalOf({
  status,
  headers,
  message,
  body,
}: Pick<Answered, 'status' | 'headers' | 'message'> & { readonly body?: unknown }): Refusal | undefined {
  const challenge = headers['www-authenticate'] ?? '';
  if (/error="?invalid_token/i.test(challenge) && status >= 400 && status < 500) return 'token';
  if (status !== 401 && status !== 403) return undefined;
  if (/insufficient_scope/i.test(challenge) || codeIn(body) === 'insufficient_scope') return 'scope';
  return refusalIn(status, message);
}

/** The standard's code (RFC 6750, 3.1), which some APIs put into the body, beside words of their own. */
function codeIn(body: unknown): unknown {
  return isObject(body) ? body['error'] : undefined;
}

/** The same by the API's words alone. */
export function refusalIn(status: number, message: string): Refusal {
  // HighLevel answers both with 401 (reference: "The token is not authorized for this scope.", "version header was not found").
  if (/(?:\b|_)scopes?\b/i.test(message)) return 'scope';
  if (/\bversion\b/i.test(message)) return 'version';
  return status === 403 ? 'access' : 'token';
}

import type { Clock } from '../model/clock.ts';
import { isObject } from '../model/json.ts';
import { messageOf } from '../model/problem.ts';
import { redactedHead } from '../model/redactor.ts';
import type { Tokens } from '../model/tokens.ts';
import { bounded } from './bounded-answer.ts';
import type { CallMade } from './call-made.ts';

/**
 * What came of a question to an authorization server. `refused`: surely nothing was granted, and why. `busy`: nor this
 * time, but ask again. `unknown`: nobody knows whether a token was used up.
 */
export type Grant = { readonly type: 'granted'; readonly tokens: Tokens } | NoGrant;

export type NoGrant =
  | { readonly type: 'refused'; readonly what: 'grant' | 'client' | 'location'; readonly message: string }
  | { readonly type: 'busy' | 'unknown'; readonly message: string };

export interface RequestContext {
  readonly connection: { readonly name: string; readonly type: 'http' | 'ghl'; readonly baseUrl: string };
  readonly clock: Clock;
  redact(text: string): string;
  /** Hears of every token as it comes, before anything else does. */
  learn(secret: string): void;
  onCall(call: CallMade): void;
}

/**
 * How long an answer is waited for, in ms. Of HighLevel short enough for three tries within its grace of 30 s for a refresh
 * token; where there may be no grace an answer that is not waited for costs the login, so that is worth some patience.
 */
const TIMEOUTS_MS = { ghl: 8_000, http: 30_000 } as const;
/** How much longer a process may take until another one takes it to be dead, in ms. */
const DELAY_MS = 4_000;
/** Letters of a server's own words that are told. */
const MOST_WORDS = 300;

/** How long a process may be at a refresh: longer than its request takes. */
export function refreshLeaseMs(type: 'http' | 'ghl'): number {
  return TIMEOUTS_MS[type] + DELAY_MS;
}

/** One request with a timeout; its answer is read, or nobody knows what became of it. */
export async function askServer<T>(
  context: RequestContext,
  operation: string,
  send: (signal: AbortSignal) => Promise<Response>,
  read: (status: number, body: unknown) => Promise<T> | T,
): Promise<T | NoGrant> {
  const { clock, connection } = context;
  const timeoutMs = TIMEOUTS_MS[connection.type];
  const abort = new AbortController();
  const sentAt = clock.now();
  const cancel = clock.after(timeoutMs, () => abort.abort());
  let status: number | string = 'network';
  try {
    const response = bounded(await send(abort.signal));
    const text = await response.text();
    status = response.status;
    return await read(response.status, parse(text));
  } catch (error) {
    if (abort.signal.aborted) status = 'timeout';
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const words = abort.signal.aborted ? `no answer within ${timeoutMs / 1000} s` : messageOf(cause);
    return { type: 'unknown', message: context.redact(words) };
  } finally {
    cancel();
    const tookMs = clock.now() - sentAt;
    context.onCall({ connection: connection.name, operation, method: 'POST', status, tookMs });
  }
}

/** An answer that grants nothing. */
export function refusalOfServer(context: RequestContext, status: number, body: unknown): NoGrant {
  const message = `${status}: ${redactedHead(context, wordsOf(body), MOST_WORDS) || 'without words'}`;
  if (status === 429) return { type: 'busy', message };
  if (status >= 500 || status < 400) return { type: 'unknown', message };
  return { type: 'refused', what: isAboutGrant(body, message) ? 'grant' : 'client', message };
}

/** The code or refresh token is not accepted; anything else is about who asks. */
function isAboutGrant(body: unknown, message: string): boolean {
  const code = isObject(body) ? body['error'] : undefined;
  if (code === 'invalid_grant') return true;
  // HighLevel has its own words too, such as "Invalid refresh token".
  return code !== 'invalid_client' && /invalid.?grant|refresh.?token|authorization.?code/i.test(message);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The server's own words, in the standard's form or HighLevel's. */
function wordsOf(body: unknown): string {
  if (typeof body === 'string') return body.trim();
  if (!isObject(body)) return '';
  const said = ['error', 'error_description', 'message']
    .map((name) => body[name])
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter((value): value is string => typeof value === 'string');
  return [...new Set(said)].join(': ');
}

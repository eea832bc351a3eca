import type { CallMade } from './call-made.ts';
import type { Answer, Unanswered } from '../model/answer.ts';
import type { Clock } from '../model/clock.ts';
import type { Connection } from '../model/connection.ts';
import { isObject } from '../model/json.ts';
import { messageOf } from '../model/problem.ts';
import { refusalOf } from '../model/refusal.ts';
import { bearer, credentialsOf, type Credentials } from './authorize.ts';
import type { Limiter } from './limiter.ts';
import { quotaToldIn, wholeNumber, type QuotaTold, type UsedUp } from './quota-told.ts';
import { readAnswer, type RawAnswer } from './read-answer.ts';
import type { TokenAnswer, TokenSource } from './token-source.ts';

/** What every call of a connection goes through: its limit, its timeout, its reading of answers. */
export interface Wire {
  readonly connection: Connection;
  readonly limiter: Limiter;
  readonly clock: Clock;
  /** When a call is sent, in ms: each later than the one before, also where the clock is set back. */
  stamp(): number;
  /** Of OAuth: what calls bear. */
  readonly tokens?: TokenSource;
  /** Takes secrets out of a text. */
  redact(text: string): string;
  /** Hears what the API says of the day's quota. */
  readonly observeDay?: (told: QuotaTold) => void;
  /** Why there is no slot, where the day's quota is why. */
  readonly usedUp?: () => UsedUp | undefined;
  /** Hears of every call sent. */
  onCall(call: CallMade): void;
  /** Calls that wait for their answer: who ends the runner may cut them off. */
  readonly underWay?: Set<AbortController>;
}

export interface CallOptions {
  readonly operation: string;
  readonly method: string;
  readonly priority: number;
  readonly before?: Announce | undefined;
}

/**
 * Runs when a call's turn has come, just before it is sent: what must be durable first. The call may come `lateMs` later than it
 * is announced.
 */
export type Announce = (lateMs: number) => Promise<void>;

/** The same wire, whose first call has its slot already. */
export async function wireWithSlot(wire: Wire, priority: number): Promise<Wire> {
  const { limiter } = wire;
  const kept = [await limiter.acquire(priority)];
  const acquire = (next: number) => (kept.length > 0 ? Promise.resolve(kept.pop()) : limiter.acquire(next));
  return { ...wire, limiter: { ...limiter, acquire } };
}

/**
 * The longest time between what must be durable before a call and the call, in ms: less than the second or two by which
 * whoever takes over looks later than the call can take.
 */
const LONGEST_PAUSE_MS = 1_000;
const MOST_PAUSES = 3;
/** The most that is announced for a store that is slow, in ms. */
const LONGEST_DELAY_MS = 30_000;

type Send = (signal: AbortSignal, credentials: Credentials) => Promise<RawAnswer>;

/**
 * Waits for a slot, sends, and reads the answer. Never throws for what the other side does. Where a token is refused that
 * another one may replace, it is sent once more.
 */
export async function throughWire(wire: Wire, options: CallOptions, send: Send): Promise<Answer> {
  const { tokens } = wire;
  if (!tokens) return once(wire, options, () => credentialsOf(wire.connection.auth), send);
  const answer = await withToken(wire, tokens, options, send);
  if (answer.used === undefined || !isTokenRefused(answer.answer)) return answer.answer;
  const renewed = await tokens.renew(answer.used);
  if (renewed.ok) return (await withToken(wire, tokens, options, send)).answer;
  return renewed.why === 'refused' ? answer.answer : withoutToken(wire, renewed);
}

function isTokenRefused(answer: Answer): boolean {
  return answer.type === 'answered' && !answer.ok && refusalOf(answer) === 'token';
}

/** One call with the token of the moment in which it has its slot. */
async function withToken(
  wire: Wire,
  tokens: TokenSource,
  options: CallOptions,
  send: Send,
): Promise<{ readonly answer: Answer; readonly used?: string }> {
  const state: { used?: string } = {};
  const authorize = async () => {
    const ready = await tokens.token();
    if (!ready.ok) return withoutToken(wire, ready);
    state.used = ready.token;
    return bearer(ready.token);
  };
  const answer = await once(wire, options, authorize, send);
  const { used } = state;
  if (used !== undefined && answer.type === 'answered' && !isTokenRefused(answer)) tokens.accepted(used);
  return { answer, ...state };
}

function withoutToken({ clock }: Wire, none: Exclude<TokenAnswer, { ok: true }>): Unanswered {
  const sentAt = clock.now();
  if (none.why !== 'trouble') return { type: 'unanswered', reason: 'unsent', message: none.message, sentAt };
  const { reason, remedy } = none.trouble;
  return { type: 'unanswered', reason: 'unauthorized', message: reason, remedy, sentAt };
}

async function once(
  wire: Wire,
  options: CallOptions,
  authorize: () => Promise<Credentials | Unanswered> | Credentials,
  send: Send,
): Promise<Answer> {
  const { clock, connection } = wire;
  const slot = await wire.limiter.acquire(options.priority);
  if (!slot) return withoutSlot(wire);
  let sentAt = wire.stamp();
  let began = clock.monotonic();
  let answer: Answer;
  const abort = new AbortController();
  try {
    const credentials = await authorize();
    if ('type' in credentials) return credentials;
    if (!(await makeReady(wire, options)))
      return unsent(wire, 'the machine paused each time before the call');
    sentAt = wire.stamp();
    began = clock.monotonic();
    wire.underWay?.add(abort);
    const cancel = clock.after(connection.timeoutMs, () =>
      abort.abort(`no answer within ${connection.timeoutMs / 1000} s`),
    );
    const raw = await send(abort.signal, credentials).finally(cancel);
    answer = await readAnswer(wire, raw, sentAt);
  } catch (error) {
    if (!isNetworkError(error, abort.signal)) throw error;
    answer = unanswered(wire, error, abort.signal, sentAt);
  } finally {
    wire.underWay?.delete(abort);
    slot.release();
  }
  noteRemaining(wire, answer, began);
  const status = answer.type === 'answered' ? answer.status : answer.reason;
  const { operation, method } = options;
  wire.onCall({ connection: connection.name, operation, method, status, tookMs: clock.monotonic() - began });
  return answer;
}

function withoutSlot(wire: Wire): Unanswered {
  const usedUp = wire.usedUp?.();
  if (!usedUp) return unsent(wire, 'the runner is stopping');
  const { reason, until, remedy } = usedUp;
  return { ...unsent(wire, `${reason}, until ${new Date(until).toISOString()}`), remedy };
}

function unsent({ stamp }: Wire, why: string): Unanswered {
  return { type: 'unanswered', reason: 'stopped', message: `not sent: ${why}`, sentAt: stamp() };
}

/**
 * Does what must be durable before the call. Whoever slept after it (SIGSTOP, a machine put aside) may have been taken for
 * dead, and what it announced been looked for in vain: it announces anew, which fails where another owns the store by now. Where
 * it is the store that takes long, that may be so the next time: the call is then announced for as much later, and who looks
 * waits for it. False where time runs away each time.
 */
async function makeReady({ clock }: Wire, { before }: CallOptions): Promise<boolean> {
  if (!before) return true;
  for (let pauses = 0, lateMs = 0; pauses < MOST_PAUSES; pauses++) {
    const [beganAt, beganWall] = [clock.monotonic(), clock.now()];
    await before(lateMs);
    // A machine that was put aside tells it by one of the two only.
    const elapsed = Math.max(clock.monotonic() - beganAt, clock.now() - beganWall);
    if (elapsed <= LONGEST_PAUSE_MS + lateMs) return true;
    lateMs = Math.min(LONGEST_DELAY_MS, 2 * elapsed);
  }
  return false;
}

/** What `fetch` throws when the network fails is a TypeError with a cause; anything else is a bug of ours. */
function isNetworkError(error: unknown, signal: AbortSignal): boolean {
  if (signal.aborted) return true;
  return (
    error instanceof TypeError &&
    (error.cause !== undefined || /fetch failed|terminated|network/i.test(error.message))
  );
}

/** Errors of Node's before there is a connection. */
const UNREACHABLE = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT',
];

function unanswered(wire: Wire, error: unknown, signal: AbortSignal, sentAt: number): Unanswered {
  if (signal.aborted)
    return { type: 'unanswered', reason: 'timeout', message: String(signal.reason), sentAt };
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = isObject(cause) && typeof cause['code'] === 'string' ? `${cause['code']}: ` : '';
  const reason = UNREACHABLE.some((each) => code.startsWith(each)) ? 'unreachable' : 'network';
  return { type: 'unanswered', reason, message: wire.redact(code + messageOf(cause)), sentAt };
}

function noteRemaining(wire: Wire, answer: Answer, began: number): void {
  if (answer.type !== 'answered') return;
  const told = quotaToldIn(answer, wire.clock.now());
  if (told) wire.observeDay?.(told);
  const inWindow = wholeNumber(answer.headers['x-ratelimit-remaining']);
  if (inWindow !== undefined) wire.limiter.observe(inWindow, began);
}

import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';
import { GHL_URL, TIMEOUT_MS } from './configs.ts';
import type { Dice } from './dice.ts';
import { isCreate, kindOf } from './call-kinds.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import type { Outage } from './plan.ts';
import { createPrices, type OpenIntent } from './prices.ts';
import { whoRuns, type VirtualTime } from './virtual-time.ts';
import type { CallJudge } from './judge-call.ts';
import type { Slots } from './slots.ts';
import type { TargetWatch } from './target-watch.ts';
import { createWriters } from './writers.ts';

/** What befalls a call. `late`: applied after its client has given up. */
type Fault =
  | 'reset-before'
  | 'reset-after'
  | '503-before'
  | '502-after'
  | '422-after'
  | '422-before'
  | '429'
  | 'hang'
  | 'hang-after'
  | 'late'
  | 'html-after';

export interface Network {
  readonly fetch: typeof fetch;
  /** Share of calls that a fault befalls, from now on. */
  readonly setFaults: (share: number) => void;
  /** Every call to the target fails so; `undefined`: no more. */
  readonly setOutage: (kind: Outage | undefined) => void;
  /** How much longer (ms) answers of the source are on their way. */
  readonly setSourceDelay: (ms: number) => void;
  /** What broke a promise at the moment of a call. */
  readonly violations: readonly string[];
  readonly calls: () => number;
  /** The process of the calls under way to the target is dead, and knew of these creates: what came of them nobody knows. */
  readonly abandon: (intents: readonly OpenIntent[]) => void;
  /** Somebody has deleted this contact: until the runner hears of it, it asks in vain. */
  readonly lost: (contact: string) => void;
  /** All is quiet. */
  readonly rest: () => void;
  /** No answer is stored from now on. */
  readonly setForgetful: (forgetful: boolean) => void;
  /** The process has stopped, as it was told at this time (ms): what was under way ended, and nothing went on. */
  readonly interrupt: (since: number) => void;
}

export interface NetworkOptions {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly ghl: Ghl;
  readonly source: typeof fetch;
  readonly ledger: Ledger;
  readonly watch: TargetWatch;
  readonly judge: CallJudge;
  readonly slots: Slots;
  readonly trace: string[];
}

const FAULTS: readonly Fault[] = [
  'reset-before',
  'reset-after',
  '503-before',
  '502-after',
  '429',
  'hang',
  'hang-after',
  'html-after',
];
const WRITE_FAULTS: readonly Fault[] = [...FAULTS, 'late'];
/** The rest befalls what a second try finds out about: creates. */
const CREATE_FAULTS: readonly Fault[] = [...FAULTS, '422-after', 'late', 'late', 'reset-after', '502-after'];

const never = new Promise<never>(() => undefined);

/** An answer is known for this long before the store surely is, in ms. */
const SETTLING_MS = 50;

export function createNetwork({
  time,
  dice,
  ghl,
  source,
  ledger,
  watch,
  judge,
  slots,
  trace,
}: NetworkOptions): Network {
  const violations: string[] = [];
  const writers = createWriters((words) => violations.push(words));
  const prices = createPrices(ledger, ghl, time, judge.doubt);
  let share = 0;
  let outage: Outage | undefined;
  let forgetful = false;
  let sourceDelayMs = 0;
  let calls = 0;

  const wait = (ms: number) => new Promise<void>((resolve) => void time.after(ms, resolve));

  function faultFor(request: Request): Fault | undefined {
    const toGhl = isToGhl(request);
    if (toGhl && outage === '503') return '503-before';
    if (toGhl && outage === 'reset') return 'reset-before';
    if (toGhl && outage === 'hang') return 'hang';
    if (outage === 'refuses-updates' && isUpdateOfContact(request)) return '422-before';
    if (!dice.chance(share)) return undefined;
    const fault = dice.pick(
      !toGhl || request.method === 'GET' ? FAULTS : isCreate(request) ? CREATE_FAULTS : WRITE_FAULTS,
    );
    // Whether an action ran nobody can find out: 422 would be a lie that no API tells of one.
    return fault === '422-after' && request.url.includes('/workflow/') ? '502-after' : fault;
  }

  /** The world goes on whether or not anybody still listens. */
  async function carry(request: Request, body: string, entry: LedgerEntry | undefined): Promise<Response> {
    const fault = faultFor(request);
    const path = new URL(request.url).pathname;
    if (fault) trace.push(`${time.monotonic()} ! ${fault} ${request.method} ${path}`);
    const refused = outage === '401' && isToGhl(request);
    if (entry && (fault || refused)) prices.pay(request, fault ?? '401');
    await wait(dice.between(1, 60));
    if (refused) return answer(401, { message: 'Invalid token' });
    if (fault === 'reset-before') throw reset();
    if (fault === '503-before') return answer(503, { message: 'Service Unavailable' });
    if (fault === '422-before') return answer(422, { message: ['firstName is odd'] });
    if (fault === '429')
      return answer(429, { message: 'Too Many Requests' }, dice.chance(0.5) ? { 'retry-after': '2' } : {});
    if (fault === 'hang') return never;
    // Within the time that the next life of a process which dies meanwhile waits for it.
    const late = fault === 'late' ? dice.between(TIMEOUT_MS + 1, TIMEOUT_MS + 1_500) : 0;
    const applied = await apply(request, body, late, entry);
    await wait(dice.between(1, 60) * (dice.chance(0.1) ? 10 : 1) + (isToGhl(request) ? 0 : sourceDelayMs));
    if (fault === 'reset-after') throw reset();
    if (fault === '502-after') return answer(502, { message: 'Bad Gateway' });
    if (fault === '422-after') return answer(422, { message: ['something is odd'] });
    if (fault === 'hang-after') return never;
    if (fault === 'html-after') return new Response('<html>Just a moment</html>', { status: 200 });
    return applied;
  }

  async function apply(
    request: Request,
    body: string,
    lateMs: number,
    entry: LedgerEntry | undefined,
  ): Promise<Response> {
    const init = {
      method: request.method,
      headers: request.headers,
      ...(request.method === 'GET' || body === '' ? {} : { body }),
    };
    if (!isToGhl(request)) return source(request.url, init);
    const path = new URL(request.url).pathname;
    if (lateMs > 0) {
      ghl.fail({ kind: 'slow', delayMs: lateMs, match: { method: request.method, path } });
    }
    const response = await whoRuns.exit(() => ghl.fetch(request.url, init));
    trace.push(`${time.monotonic()}   ${response.status} ${request.method} ${path} ${body.slice(0, 160)}`);
    if (request.method !== 'GET') {
      const changes = watch.changes();
      if (changes.length > 0) {
        entry?.works();
        prices.works(request);
      }
      violations.push(...judge.judge(request, changes, entry!.begunAt));
    }
    await prices.note(request, response);
    if (response.status === 429) violations.push(`429 that nobody ordered: ${request.method} ${path}`);
    return response;
  }

  async function call(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const who = whoRuns.getStore();
    if (who?.isDead()) return never;
    time.stir();
    const request = new Request(input, init);
    const body = request.method === 'GET' ? '' : await request.clone().text();
    calls += 1;
    const toGhl = isToGhl(request);
    const entry = toGhl ? ledger.call(kindOf(request)) : undefined;
    if (toGhl) prices.begin(request, body);
    const leave = toGhl && request.method !== 'GET' ? writers.enter(request, body, who) : () => undefined;
    try {
      const carried = whoRuns.exit(() => carry(request, body, entry));
      if (toGhl) slots.call(carried);
      carried.catch(() => undefined);
      const response = await Promise.race([carried, aborted(request.signal)]);
      const text = await response.text();
      time.stir();
      if (who?.isDead()) return await never;
      return new Response(response.status === 204 ? null : text, {
        status: response.status,
        headers: response.headers,
      });
    } catch (error) {
      if (who?.isDead()) return await never;
      throw error;
    } finally {
      leave();
      entry?.end();
      if (toGhl) prices.end(request);
      if (!forgetful) whoRuns.exit(() => time.after(SETTLING_MS, () => prices.settle(request)));
      time.stir();
    }
  }

  return {
    fetch: call,
    setFaults: (next) => void (share = next),
    setSourceDelay: (ms) => void (sourceDelayMs = ms),
    setOutage: (kind) => void (outage = kind),
    violations,
    calls: () => calls,
    abandon: prices.abandon,
    rest: prices.rest,
    interrupt: prices.interrupt,
    lost: prices.lost,
    setForgetful: (next) => void (forgetful = next),
  };
}

function isToGhl(request: Request): boolean {
  return request.url.startsWith(GHL_URL);
}

function isUpdateOfContact(request: Request): boolean {
  return request.method === 'PUT' && /\/contacts\/[^/]+$/.test(request.url);
}

function answer(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

function reset(): Error {
  return new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new DOMException('aborted', 'AbortError'));
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}

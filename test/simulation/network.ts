import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';
import { GHL_URL, TIMEOUT_MS } from './configs.ts';
import type { Dice } from './dice.ts';
import { whoRuns, type VirtualTime } from './virtual-time.ts';

/** What befalls a call. `late`: applied after its client has given up. */
type Fault =
  | 'reset-before'
  | 'reset-after'
  | '503-before'
  | '502-after'
  | '422-after'
  | '429'
  | 'hang'
  | 'hang-after'
  | 'late'
  | 'html-after';

export type OutageKind = '503' | 'reset' | '401' | 'hang';

export interface Network {
  readonly fetch: typeof fetch;
  /** Share of calls that a fault befalls, from now on. */
  readonly setFaults: (share: number) => void;
  /** Every call to the target fails so; `undefined`: no more. */
  readonly setOutage: (kind: OutageKind | undefined) => void;
  /** What broke a promise at the moment of a call. */
  readonly violations: readonly string[];
  readonly calls: () => number;
  /** Writes to the target that were sent, faults included. */
  readonly writes: () => number;
}

export interface NetworkOptions {
  readonly time: VirtualTime;
  readonly dice: Dice;
  readonly ghl: Ghl;
  readonly source: typeof fetch;
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
/** The rest befalls what a second try finds out about: creates. */
const CREATE_FAULTS: readonly Fault[] = [...FAULTS, '422-after', 'late', 'late', 'reset-after', '502-after'];

const never = new Promise<never>(() => undefined);

export function createNetwork({ time, dice, ghl, source, trace }: NetworkOptions): Network {
  const violations: string[] = [];
  const inFlight = new Map<string, { readonly path: string; readonly isDead: () => boolean }>();
  let share = 0;
  let outage: OutageKind | undefined;
  let calls = 0;
  let writes = 0;

  const wait = (ms: number) => new Promise<void>((resolve) => void time.after(ms, resolve));

  function faultFor(request: Request): Fault | undefined {
    const toGhl = request.url.startsWith(GHL_URL);
    if (toGhl && outage === '503') return '503-before';
    if (toGhl && outage === 'reset') return 'reset-before';
    if (toGhl && outage === 'hang') return 'hang';
    if (!dice.chance(share)) return undefined;
    const creates = toGhl && isCreate(request);
    const fault = dice.pick(creates ? CREATE_FAULTS : FAULTS);
    // Whether an action ran nobody can find out: 422 would be a lie that no API tells of one.
    return fault === '422-after' && request.url.includes('/workflow/') ? '502-after' : fault;
  }

  /** The world goes on whether or not anybody still listens. */
  async function carry(request: Request, body: string): Promise<Response> {
    const fault = faultFor(request);
    if (fault)
      trace.push(`${time.monotonic()} ! ${fault} ${request.method} ${new URL(request.url).pathname}`);
    await wait(dice.between(1, 60));
    if (outage === '401' && request.url.startsWith(GHL_URL)) return answer(401, { message: 'Invalid token' });
    if (fault === 'reset-before') throw reset();
    if (fault === '503-before') return answer(503, { message: 'Service Unavailable' });
    if (fault === '429')
      return answer(429, { message: 'Too Many Requests' }, dice.chance(0.5) ? { 'retry-after': '2' } : {});
    if (fault === 'hang') return never;
    const late = fault === 'late' ? dice.between(TIMEOUT_MS + 1, TIMEOUT_MS + 1_500) : 0;
    const applied = await apply(request, body, late);
    await wait(dice.between(1, 60) * (dice.chance(0.1) ? 10 : 1));
    if (fault === 'reset-after') throw reset();
    if (fault === '502-after') return answer(502, { message: 'Bad Gateway' });
    if (fault === '422-after') return answer(422, { message: ['something is odd'] });
    if (fault === 'hang-after') return never;
    if (fault === 'html-after') return new Response('<html>Just a moment</html>', { status: 200 });
    return applied;
  }

  async function apply(request: Request, body: string, lateMs: number): Promise<Response> {
    const init = {
      method: request.method,
      headers: request.headers,
      ...(request.method === 'GET' || body === '' ? {} : { body }),
    };
    if (!request.url.startsWith(GHL_URL)) return source(request.url, init);
    if (lateMs > 0) {
      ghl.fail({
        kind: 'slow',
        delayMs: lateMs,
        match: { method: request.method, path: new URL(request.url).pathname },
      });
    }
    const response = await whoRuns.exit(() => ghl.fetch(request.url, init));
    const path = new URL(request.url).pathname;
    trace.push(`${time.monotonic()}   ${response.status} ${request.method} ${path} ${body.slice(0, 160)}`);
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
    const isWrite = request.method !== 'GET' && request.url.startsWith(GHL_URL);
    const unit = isWrite ? unitOf(request, body) : undefined;
    if (isWrite) writes += 1;
    if (unit !== undefined) enter(unit, request, who?.isDead ?? (() => false));
    try {
      const response = await Promise.race([
        whoRuns.exit(() => carry(request, body)),
        aborted(request.signal),
      ]);
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
      if (unit !== undefined) inFlight.delete(unit);
      time.stir();
    }
  }

  function enter(unit: string, request: Request, isDead: () => boolean): void {
    const path = `${request.method} ${new URL(request.url).pathname}`;
    const other = inFlight.get(unit);
    if (other && !other.isDead()) violations.push(`two writers of ${unit}: ${other.path} and ${path}`);
    inFlight.set(unit, { path, isDead });
  }

  return {
    fetch: call,
    setFaults: (next) => void (share = next),
    setOutage: (kind) => void (outage = kind),
    violations,
    calls: () => calls,
    writes: () => writes,
  };
}

function isCreate(request: Request): boolean {
  return request.method === 'POST' && !request.url.endsWith('/tags');
}

/** What a write writes to, as far as its request tells. */
function unitOf(request: Request, body: string): string {
  const path = new URL(request.url).pathname;
  const child = /^\/contacts\/([^/]+)\/(tasks|notes|workflow)(?:\/([^/]+))?/.exec(path);
  if (child && child[2] === 'workflow') return `workflow of ${child[1]!} ${body}`;
  if (child) return child[3] ?? `a new one of ${child[2]!}: ${body}`;
  const contact = /^\/contacts\/([^/]+)/.exec(path)?.[1];
  if (contact !== undefined) return contact;
  const { email, phone } = JSON.parse(body) as { email?: string; phone?: string };
  return `the new contact ${email ?? phone ?? ''}`;
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

import { Agent, request } from 'node:http';
import type { Clock } from '../http/clock.ts';
import type { Random } from '../http/random.ts';
import { envelope, signatureHeaders } from './webhook.ts';
import type { WebhookWish } from './webhook.ts';

/** What the receiver answered; status null where it did not. */
export interface WebhookResult {
  readonly id: string;
  readonly status: number | null;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  readonly elapsedMs: number;
}

export interface BurstResult {
  /** How many answers had each status; `none` where nobody answered. */
  readonly statuses: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** The 99th percentile of the time to an answer. */
  readonly p99Ms: number;
}

export interface WebhookSender {
  /** One webhook, or its copies at once: the result of the first. */
  readonly send: (wish: WebhookWish) => Promise<WebhookResult>;
  /** Each in turn, in an order drawn from the seed. */
  readonly sendShuffled: (wishes: readonly WebhookWish[]) => Promise<readonly WebhookResult[]>;
  /** `count` webhooks, `concurrency` of them on their way at a time. */
  readonly burst: (
    count: number,
    concurrency: number,
    wish: (index: number) => WebhookWish,
  ) => Promise<BurstResult>;
  readonly close: () => void;
}

export function createWebhookSender(clock: Clock, random: Random): WebhookSender {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity });
  let sent = 0;

  async function send(wish: WebhookWish): Promise<WebhookResult> {
    const now = clock.now();
    const body = envelope(wish, `evt_${++sent}`, new Date(now).toISOString());
    const id = wish.id ?? `evt_${sent}`;
    if (wish.delayMs !== undefined) await clock.sleep(wish.delayMs);
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', ...signatureHeaders(text, wish.sign, clock.now()) };
    const ways = Array.from({ length: wish.copies ?? 1 }, () => post(agent, wish.url, text, headers));
    const [first] = await Promise.all(ways);
    return { id, ...(first ?? unanswered) };
  }

  return {
    send,
    async sendShuffled(wishes) {
      const results: WebhookResult[] = [];
      for (const wish of shuffled(wishes, random)) results.push(await send(wish));
      return results;
    },
    async burst(count, concurrency, wish) {
      const statuses: Record<string, number> = {};
      const times: number[] = [];
      const start = performance.now();
      let next = 0;
      async function worker(): Promise<void> {
        while (next < count) {
          const { status, elapsedMs } = await send(wish(next++));
          const name = String(status ?? 'none');
          statuses[name] = (statuses[name] ?? 0) + 1;
          times.push(elapsedMs);
        }
      }
      await Promise.all(Array.from({ length: concurrency }, worker));
      times.sort((a, b) => a - b);
      const p99Ms = times[Math.floor(times.length * 0.99)] ?? 0;
      return { statuses, seconds: (performance.now() - start) / 1000, p99Ms };
    },
    close: () => agent.destroy(),
  };
}

function shuffled<T>(list: readonly T[], random: Random): readonly T[] {
  return list
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}

const unanswered = { status: null, headers: {}, body: '', elapsedMs: 0 };

/** node:http and not fetch: twice as many a second, so that a burst measures the receiver. */
function post(
  agent: Agent,
  url: string,
  text: string,
  headers: Readonly<Record<string, string>>,
): Promise<Omit<WebhookResult, 'id'>> {
  const start = performance.now();
  const elapsedMs = () => performance.now() - start;
  return new Promise((resolve) => {
    const fail = () => resolve({ ...unanswered, elapsedMs: elapsedMs() });
    const length = Buffer.byteLength(text);
    const outgoing = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': length } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const status = response.statusCode ?? null;
          const body = Buffer.concat(chunks).toString();
          resolve({ status, headers: response.headers, body, elapsedMs: elapsedMs() });
        });
      },
    );
    outgoing.on('error', fail);
    outgoing.end(text);
  });
}

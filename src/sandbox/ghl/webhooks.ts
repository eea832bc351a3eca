import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../http/clock.ts';
import type { GhlWebhookSettings } from './settings.ts';

/** One try to deliver a webhook. */
export interface WebhookTry {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Null where nobody answered. */
  readonly status: number | null;
  readonly attempt: number;
}

export interface Webhooks {
  /** The SPKI PEM that `X-GHL-Signature` is checked with; GHL's own has the same shape. */
  readonly publicKey: string;
  readonly tries: readonly WebhookTry[];
  /** Tells a change, where a URL is set. */
  readonly emit: (type: string, body: () => Readonly<Record<string, unknown>>) => void;
  /** Sends one body to a URL, signed, once; the status, or null where nobody answered. */
  readonly send: (body: Readonly<Record<string, unknown>>, url?: string) => Promise<number | null>;
  /** The headers of a body, for those who send it themselves. */
  readonly sign: (text: string) => Readonly<Record<string, string>>;
  /** When nothing is on its way any more; tries that wait for `retryMs` count as on their way. */
  readonly idle: () => Promise<void>;
  readonly clear: () => void;
}

/** The sender. A final answer is any but 429, 5xx included: GHL gives up on it (help article 155000007071). */
export function createWebhooks(settings: () => GhlWebhookSettings, clock: Clock): Webhooks {
  const keys = generateKeyPairSync('ed25519');
  const tries: WebhookTry[] = [];
  const onTheirWay = new Set<Promise<void>>();

  async function attempt(url: string, body: Readonly<Record<string, unknown>>, number: number) {
    const status = await post(url, JSON.stringify(body), keys.privateKey);
    tries.push({ type: String(body['type']), body, status, attempt: number });
    return status;
  }

  async function deliver(body: Readonly<Record<string, unknown>>): Promise<void> {
    const { url, delayMs, retries, retryMs } = settings();
    if (delayMs > 0) await clock.sleep(delayMs);
    for (let number = 1; number <= retries + 1; number++) {
      if (number > 1) await clock.sleep(retryMs);
      if ((await attempt(url, body, number)) !== 429) return;
    }
  }

  return {
    publicKey: keys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    tries,
    emit(_type, body) {
      if (settings().url === '') return;
      const ids = { timestamp: new Date(clock.now()).toISOString(), webhookId: randomUUID() };
      const told = settings().withIds ? { ...body(), ...ids } : body();
      const way = deliver(told).finally(() => onTheirWay.delete(way));
      onTheirWay.add(way);
    },
    send: (body, url = settings().url) => attempt(url, body, 1),
    sign: (text) => signatureHeaders(text, keys.privateKey),
    async idle() {
      while (onTheirWay.size > 0) await Promise.all(onTheirWay);
    },
    clear() {
      tries.length = 0;
    },
  };
}

function signatureHeaders(text: string, key: KeyObject): Readonly<Record<string, string>> {
  const signature = sign(null, Buffer.from(text), key).toString('base64');
  return { 'content-type': 'application/json', 'x-ghl-signature': signature };
}

async function post(url: string, text: string, key: KeyObject): Promise<number | null> {
  try {
    const response = await fetch(url, { method: 'POST', headers: signatureHeaders(text, key), body: text });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}

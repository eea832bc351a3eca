import { afterEach, beforeEach } from 'vitest';
import type { BoothbookOptions } from '../../src/sandbox/boothbook/boothbook.ts';
import { startBoothbook } from '../../src/sandbox/boothbook/start-boothbook.ts';
import type { RunningBoothbook } from '../../src/sandbox/boothbook/start-boothbook.ts';

export interface BoothbookAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

/** A BoothBook for each test of the file; `post` as a multipart form with key and secret, `get` of the extended profile. */
export function runningBoothbook(options: BoothbookOptions = {}) {
  let running: RunningBoothbook | undefined;
  const boothbook = () => {
    if (!running) throw new Error('only inside a test');
    return running;
  };
  beforeEach(async () => {
    running = await startBoothbook(options);
  });
  afterEach(() => running?.close());

  async function answer(response: Response): Promise<BoothbookAnswer> {
    const body = (await response.json()) as BoothbookAnswer['body'];
    return { status: response.status, body, headers: response.headers };
  }
  const credentials = () => ({ key: boothbook().key, secret: boothbook().secret });

  return {
    boothbook,
    post: async (
      name: string,
      fields: Readonly<Record<string, string>>,
      kind: 'multipart' | 'urlencoded' = 'multipart',
    ) => {
      const body = kind === 'multipart' ? new FormData() : new URLSearchParams();
      for (const [field, value] of Object.entries({ ...credentials(), ...fields })) body.set(field, value);
      return answer(await fetch(`${boothbook().url}/api/v1/${name}`, { method: 'POST', body }));
    },
    get: async (path: string, headers?: Readonly<Record<string, string>>) => {
      const { key, secret } = credentials();
      const known = { 'x-boothbook-key': key, 'x-boothbook-secret': secret };
      return answer(await fetch(`${boothbook().url}/api/v1/ext/${path}`, { headers: headers ?? known }));
    },
  };
}

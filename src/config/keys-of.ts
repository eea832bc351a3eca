import type { Keys } from '../model/config.ts';
import type { Problem } from '../model/problem.ts';

/** Where the keys are read from. */
export interface KeyTexts {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the key file holds, where there is one. */
  readonly file?: string;
}

const BYTES = 32;
export const MAKE_A_KEY = 'make one with `openssl rand -base64 32`';

/** The keys that tokens are sealed with; the environment wins over the file. */
export function keysOf({ env, file }: KeyTexts): {
  readonly keys: Keys;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const read = (name: string, text: string | undefined): Uint8Array | undefined => {
    if (text === undefined || text.trim() === '') return undefined;
    const key = keyIn(text.trim());
    if (!key) problems.push(noKey(name));
    return key;
  };
  const current = read('BOOTHSYNC_KEY', env['BOOTHSYNC_KEY']) ?? read('boothsync.key', file);
  const next = read('BOOTHSYNC_NEW_KEY', env['BOOTHSYNC_NEW_KEY']);
  return { keys: { ...(current ? { current } : {}), ...(next ? { next } : {}) }, problems };
}

/** The texts that must not be printed. */
export function keySecrets({ env, file }: KeyTexts): readonly string[] {
  return [env['BOOTHSYNC_KEY'], env['BOOTHSYNC_NEW_KEY'], file].flatMap((text) => {
    const trimmed = text?.trim() ?? '';
    return trimmed === '' ? [] : [trimmed];
  });
}

/** Base64, also as addresses write it. */
function keyIn(text: string): Uint8Array | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === BYTES ? new Uint8Array(bytes) : undefined;
}

function noKey(name: string): Problem {
  return {
    code: 'bad-value',
    severity: 'error',
    message: `${name} is no key: it must be ${BYTES} bytes in base64`,
    remedy: MAKE_A_KEY,
  };
}

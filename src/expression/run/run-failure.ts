import { ExpressionError } from '../../model/expression.ts';
import { MAX_DEPTH, MAX_SEQUENCE, TIMEOUT_MS } from './limits.ts';
import type { Token } from '../tokens.ts';

const MAX_WORDS = 300;

/** JSONata's codes for which better words are known; the rest keeps JSONata's own. */
const WORDS: Readonly<Record<string, string>> = {
  D1011: `it nests deeper than ${MAX_DEPTH} levels`,
  D1012: `it took longer than ${TIMEOUT_MS} ms`,
  D2014: `it makes a list of more than ${MAX_SEQUENCE} elements`,
  D2015: `it makes a list of more than ${MAX_SEQUENCE} elements`,
  T1005: 'it calls something that is no function',
  T1006: 'it calls something that is no function',
};

/** What to try, added to words that are JSONata's. */
const HINTS: Readonly<Record<string, string>> = {
  T2001: '; `&` joins texts, $num reads a number from text',
  T2002: '; `&` joins texts, $num reads a number from text',
  T2009: '; $num reads a number from text, $string writes one',
  T0410: '; it may be null, a number or a list: $string makes a text of a value',
  D3030: '; $num yields nothing instead',
};

/** True for an evaluation that used up its time. */
export function isTimeout(thrown: unknown): boolean {
  return failureOf(thrown).code === 'D1012';
}

/**
 * Whatever an evaluation throws, as one line: "the left side … must be a number (T2001, at character 5: `+`)".
 * Positions count from 1 in the source; `shift` is where the source starts in a longer text.
 */
export function runFailure(thrown: unknown, tokens: readonly Token[], shift: number): ExpressionError {
  const failure = failureOf(thrown);
  const token = blamed(failure, tokens);
  const where = token === undefined ? '' : `at character ${token.start + shift + 1}: \`${token.text}\``;
  const details = [typeof failure.code === 'string' ? failure.code : '', where]
    .filter((part) => part !== '')
    .join(', ');
  return new ExpressionError(`${words(thrown, failure)}${details === '' ? '' : ` (${details})`}`);
}

interface Failure {
  readonly code?: unknown;
  readonly position?: unknown;
  readonly token?: unknown;
  readonly message?: unknown;
}

function failureOf(thrown: unknown): Failure {
  return typeof thrown === 'object' && thrown !== null ? thrown : {};
}

function words(thrown: unknown, { code, message }: Failure): string {
  const known = typeof code === 'string' ? WORDS[code] : undefined;
  if (known !== undefined) return known;
  // the call stack of JavaScript, or a text beyond what it can hold
  if (thrown instanceof RangeError) return 'it nests too deeply, or makes a value that is too large';
  const said = typeof message === 'string' && message !== '' ? message : 'it fails';
  const cut = said.length > MAX_WORDS ? `${said.slice(0, MAX_WORDS)}…` : said;
  if (thrown instanceof ExpressionError || code === 'D3137' || code === 'D3141') return cut;
  // something inside of JSONata that is no error of its own
  if (typeof code !== 'string') return `it can't be evaluated: ${cut}`;
  return `${cut.charAt(0).toLowerCase()}${cut.slice(1)}${HINTS[code] ?? ''}`;
}

/** The function or operator to blame. JSONata's position is where the token, or a call's bracket, ends. */
function blamed({ position, token }: Failure, tokens: readonly Token[]): Token | undefined {
  const at = tokens.findIndex(({ end }) => end === position);
  const found = tokens[at];
  if (found === undefined) return undefined;
  const called = tokens[at - 1];
  return found.text === '(' && called?.text === `$${String(token)}` ? called : found;
}

import type { Answered, Unanswered } from '../model/answer.ts';
import type { Connection } from '../model/connection.ts';
import { ExpressionError } from '../model/expression.ts';
import { isObject, jsonText } from '../model/json.ts';
import { parseJson } from '../model/parse-json.ts';
import { redactedHead } from '../model/redactor.ts';

/** An answer as it came, its body still text. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Longer words of an API are a page, or its whole state, in characters. */
const MOST_WORDS = 500;

/** What an answer says: whether it was a success, its body, and the API's own words about a failure, without secrets. */
export async function readAnswer(
  { connection, redact }: { readonly connection: Pick<Connection, 'fails'>; redact(text: string): string },
  raw: RawAnswer,
  sentAt: number,
): Promise<Answered | Unanswered> {
  const headers = Object.fromEntries([...raw.headers].map(([name, value]) => [name.toLowerCase(), value]));
  const body = parseBody(raw.text);
  const success = raw.status >= 200 && raw.status < 300;
  // A login page or a proxy's apology with status 200: nobody knows what was done.
  if (success && body === undefined)
    return unreadable(`status ${raw.status}, but the body is not JSON`, sentAt);
  const failed = success ? await callsItFailed(connection, body, raw.status, headers) : true;
  if (failed instanceof ExpressionError)
    return unreadable(redact(`\`fails\` can't tell of this answer: ${failed.message}`), sentAt);
  const ok = !failed;
  const message = ok
    ? ''
    : redactedHead({ redact }, wordsOf(raw, headers, body), MOST_WORDS) || `status ${raw.status}`;
  return { type: 'answered', status: raw.status, ok, headers, body, message, sentAt };
}

function unreadable(message: string, sentAt: number): Unanswered {
  return { type: 'unanswered', reason: 'unreadable', message, sentAt };
}

async function callsItFailed(
  { fails }: Pick<Connection, 'fails'>,
  body: unknown,
  status: number,
  headers: Readonly<Record<string, string>>,
): Promise<boolean | ExpressionError> {
  try {
    return Boolean(await fails?.(body, { status, headers }));
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
}

/** JSON; an empty body is null, anything else undefined. */
function parseBody(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The API's own words about a refusal: GHL's `message` is a text or a list of texts. */
function wordsOf(raw: RawAnswer, headers: Readonly<Record<string, string>>, body: unknown): string {
  if (raw.status >= 300 && raw.status < 400)
    return `redirected to ${headers['location'] ?? 'nowhere'}; set baseUrl to it`;
  const said = isObject(body)
    ? (body['message'] ?? body['error'] ?? body['errors'] ?? body['error_description'])
    : undefined;
  const text =
    said === undefined
      ? raw.text
      : typeof said === 'string'
        ? said
        : Array.isArray(said)
          ? said.map(plain).join('; ')
          : plain(said);
  return text.trim();
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isObject(value) && typeof value['message'] === 'string') return value['message'];
  return jsonText(value);
}

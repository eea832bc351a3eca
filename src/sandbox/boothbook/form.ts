import { bodyText, header } from '../http/message.ts';
import type { Arrival } from '../http/message.ts';

type Form = Readonly<Record<string, string>>;

/** The variables of a POST, multipart or urlencoded; undefined where the body is neither. Files are left out. */
export function readForm(arrival: Arrival): Form | undefined {
  const type = header(arrival, 'content-type') ?? '';
  if (/^application\/x-www-form-urlencoded/i.test(type)) {
    return Object.fromEntries(new URLSearchParams(bodyText(arrival)));
  }
  const boundary = /^multipart\/form-data;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  const name = boundary?.[1] ?? boundary?.[2];
  return name === undefined ? undefined : readMultipart(Buffer.from(arrival.body), name);
}

/**
 * RFC 7578: `--boundary`, headers, an empty line, content, again; `--boundary--` ends it. What is not ended is no form,
 * as PHP sees no variables in a body that was cut off.
 */
function readMultipart(body: Buffer, boundary: string): Form | undefined {
  const delimiter = `\r\n--${boundary}`;
  // The first delimiter has no line end before it: lend it one. Latin-1 keeps bytes and characters one to one.
  const [, ...parts] = `\r\n${body.toString('latin1')}`.split(delimiter);
  if (!parts.at(-1)?.startsWith('--')) return undefined;
  const fields = parts.slice(0, -1).map(readPart);
  return Object.fromEntries(fields.filter((field) => field !== undefined));
}

function readPart(part: string): readonly [string, string] | undefined {
  const end = part.indexOf('\r\n\r\n');
  const head = part.slice(0, end);
  const name = /^content-disposition:\s*form-data;.*?\bname="([^"]*)"/im.exec(head)?.[1];
  if (end < 0 || name === undefined || /\bfilename=/i.test(head)) return undefined;
  return [utf8(name), utf8(part.slice(end + 4))];
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}

import fc from 'fast-check';
import { hostileJson, hostileText } from './hostile-values.ts';
import type { RawAnswer } from './raw-server.ts';

const status = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(200, 201) },
  { weight: 3, arbitrary: fc.constantFrom(204, 205, 206, 301, 302, 304, 400, 401, 403, 404, 408, 409, 413) },
  { weight: 2, arbitrary: fc.constantFrom(422, 425, 429, 500, 502, 503, 504) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 999 }) },
);

const reason = fc.constantFrom('OK', '', 'caf\u00e9', 'a\tb', 'No Such Thing', 'x'.repeat(2_000));

const header = fc.oneof(
  fc.constantFrom(
    'content-type: text/html',
    'content-type: application/json; charset=utf-16',
    'content-type: nonsense',
    'content-encoding: gzip',
    'content-encoding: br',
    'content-encoding: unheard-of',
    'location: http://127.0.0.1:1/elsewhere',
    'location: \u00e9',
    'retry-after: 99999999999999999999',
    'retry-after: -1',
    'retry-after: soon',
    'retry-after: 0',
    'x-ratelimit-remaining: 99999999999999999999999',
    'x-ratelimit-remaining: x',
    'date: Thu, 01 Jan 1970 00:00:00 GMT',
    'date: Fri, 31 Dec 9999 23:59:59 GMT',
    'date: never',
    'link: <>; rel="next"',
    'link: <http://127.0.0.1:1/>; rel="next"',
    'set-cookie: a=b',
    '__proto__: x',
    'constructor: x',
    'no colon',
    `x-long: ${'x'.repeat(20_000)}`,
    'transfer-encoding: chunked',
    'content-length: 5',
    'content-length: -1',
  ),
  hostileText.map((text) => `x-odd: ${text.replaceAll(/[\r\n]/g, ' ')}`),
);

const body = fc.oneof(
  { weight: 6, arbitrary: hostileJson.map((text) => Buffer.from(text)) },
  {
    weight: 1,
    arbitrary: hostileJson.map((text) => Buffer.from(text).subarray(0, Math.floor(text.length / 2))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('<html><body>Sign in</body></html>', '', '   ', '\ufeff{}').map(buffer),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
);

function buffer(text: string): Buffer {
  return Buffer.from(text);
}

const framing = fc.constantFrom('length', 'length', 'length', 'chunked', 'bare', 'short', 'long', 'broken');

/** One answer to one request: from what any API says to what no HTTP library would. */
export const hostileAnswer: fc.Arbitrary<RawAnswer> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .record({
        status,
        reason,
        headers: fc.array(header, { maxLength: 3 }),
        body,
        framing,
        end: fc.constantFrom('close', 'close', 'keep', 'reset'),
      })
      .map((parts) => ({
        bytes: answerOf(parts.status, parts.reason, parts.headers, parts.body, parts.framing),
        end: parts.framing === 'bare' ? 'close' : parts.end,
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ maxLength: 200 })
      .map((bytes) => ({ bytes: Buffer.from(bytes), end: 'close' }) as const),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { bytes: Buffer.alloc(0), end: 'close' } as const,
      { bytes: Buffer.alloc(0), end: 'reset' } as const,
      { bytes: Buffer.alloc(0), end: 'hang' } as const,
      { bytes: buffer('HTTP/1.1 200 OK\r\ncontent-le'), end: 'hang' } as const,
      { bytes: buffer('HTTP/1.1 100 Continue\r\n\r\n'), end: 'hang' } as const,
      { bytes: buffer('HTTP/1.1 200 OK\r\ncontent-length: 90\r\n\r\n{"a":'), end: 'hang' } as const,
    ),
  },
);

function answerOf(
  code: number,
  words: string,
  headers: readonly string[],
  content: Buffer,
  framed: string,
): Buffer {
  const length = content.length + (framed === 'short' ? 40 : framed === 'long' ? -3 : 0);
  const frame: Record<string, readonly string[]> = {
    chunked: ['transfer-encoding: chunked'],
    broken: ['transfer-encoding: chunked'],
    bare: ['connection: close'],
  };
  const lines = [
    `HTTP/1.1 ${code} ${words}`,
    ...headers,
    ...(frame[framed] ?? [`content-length: ${length}`]),
  ];
  const chunks = [
    Buffer.from(`${content.length.toString(16)}\r\n`),
    content,
    buffer(framed === 'broken' ? '\r\nzz\r\n' : '\r\n0\r\n\r\n'),
  ];
  const sent = framed === 'chunked' || framed === 'broken' ? Buffer.concat(chunks) : content;
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), sent]);
}

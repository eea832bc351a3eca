import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { Booking } from './bookings.ts';
import { isRecord, listen, readBody, type Json, type Listening } from './http.ts';

/** Booking APIs that have nothing in common but what they hold. Each refuses what its documents would not list. */
export interface BookingApi extends Listening {
  readonly bookings: Booking[];
  readonly requests: Asked[];
  /** What a client asked that this API does not know. */
  readonly problems: string[];
  /** Answers the next requests instead of the API. */
  readonly instead: Told[];
}

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Told {
  readonly status: number;
  readonly body: Json | string;
  readonly headers?: Record<string, string>;
}

export type Shape = 'rest' | 'cursor' | 'link' | 'offset' | 'php' | 'multipart';

export const SECRET = 'shop-secret-81f2';

export async function startBookingApi(shape: Shape, bookings: Booking[]): Promise<BookingApi> {
  const requests: Asked[] = [];
  const problems: string[] = [];
  const instead: Told[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'x'}`);
      const asked: Asked = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: await readBody(request),
      };
      requests.push(asked);
      const told = instead.shift() ?? SHAPES[shape](asked, bookings);
      if (told.status >= 400)
        problems.push(`${String(told.status)} ${asked.path} ${JSON.stringify(told.body)}`);
      const body = typeof told.body === 'string' ? told.body : JSON.stringify(told.body);
      response.writeHead(told.status, { 'content-type': 'application/json', ...told.headers }).end(body);
    })();
  });
  return { ...(await listen(server)), bookings, requests, problems, instead };
}

const SHAPES: Readonly<Record<Shape, (asked: Asked, bookings: readonly Booking[]) => Told>> = {
  rest,
  cursor,
  link,
  offset,
  php,
  multipart,
};

/** Bearer, pages by number, a nested customer, times in epoch seconds. */
function rest(asked: Asked, bookings: readonly Booking[]): Told {
  if (asked.headers.authorization !== `Bearer ${SECRET}`) return refused(401, 'who are you?');
  const one = /^\/rest\/v2\/reservations\/(\d+)$/.exec(asked.path);
  if (one) {
    const booking = bookings.find((each) => each.id === Number(one[1]));
    return booking ? ok({ reservation: asRest(booking) }) : refused(404, 'no such reservation');
  }
  if (asked.method !== 'GET' || asked.path !== '/rest/v2/reservations') return refused(404, 'no such thing');
  const strange = unknown(asked.query, ['page', 'per_page', 'modified_after']);
  if (strange) return refused(400, `unknown parameter ${strange}`);
  const since = asked.query.get('modified_after');
  if (since !== null && !/^\d{10}$/.test(since))
    return refused(400, `modified_after: ${since} is no epoch second`);
  const rows = bookings.filter((each) => since === null || each.changed >= Number(since));
  const size = Number(asked.query.get('per_page') ?? 25);
  const page = Number(asked.query.get('page') ?? 1);
  const data = rows.slice((page - 1) * size, page * size).map(asRest);
  return ok({ meta: { page, pages: Math.ceil(rows.length / size), count: rows.length }, data });
}

export function asRest(booking: Booking): Json {
  return {
    id: booking.id,
    updated_at: booking.changed,
    state: booking.state,
    archived: booking.gone,
    customer: {
      name: { given: booking.given, family: booking.family },
      contact: { mail: booking.mail, mobile: booking.mobile },
    },
    event: { day: booking.day, kind: booking.kind },
    price: { total: booking.total, currency: 'GBP' },
    labels: booking.labels,
  };
}

/** A key in a header, a search as JSON, cursors; numbers as text. */
function cursor(asked: Asked, bookings: readonly Booking[]): Told {
  if (asked.headers['x-api-key'] !== SECRET) return refused(401, 'bad key');
  if (asked.method !== 'POST' || asked.path !== '/v3/booking/query') return refused(404, 'no such thing');
  const body: unknown = JSON.parse(asked.body);
  if (!isRecord(body) || !isRecord(body['filter'])) return refused(422, 'filter is missing');
  const strange = Object.keys(body).find((name) => !['filter', 'size', 'after'].includes(name));
  if (strange) return refused(422, `unknown property ${strange}`);
  if (body['size'] !== 40) return refused(422, 'size must be a number up to 40');
  const since = body['filter']['changedSince'];
  if (since !== undefined && (typeof since !== 'string' || Number.isNaN(Date.parse(since)))) {
    return refused(422, `changedSince: ${JSON.stringify(since)} is no time`);
  }
  const rows = bookings.filter((each) => since === undefined || each.changed * 1000 >= Date.parse(since));
  const after = body['after'] ?? asked.query.get('after');
  const start = typeof after === 'string' ? Number(Buffer.from(after, 'base64url').toString()) : 0;
  const items = rows.slice(start, start + 40).map((booking) => ({
    ref: String(booking.id),
    changedAt: new Date(booking.changed * 1000).toISOString(),
    Status: booking.state.toUpperCase(),
    person: [booking.given, booking.family],
    mail: booking.mail,
    mobile: booking.mobile,
    day: booking.day,
    kind: booking.kind,
    total: booking.total,
    labels: booking.labels.join('|'),
    deleted: booking.gone ? 'yes' : 'no',
  }));
  const more = start + 40 < rows.length ? Buffer.from(String(start + 40)).toString('base64url') : null;
  return ok({ result: { items, more } });
}

/** Basic auth, a bare list, the Link header; no times at all. */
function link(asked: Asked, bookings: readonly Booking[]): Told {
  const wanted = `Basic ${Buffer.from(`shop:${SECRET}`).toString('base64')}`;
  if (asked.headers.authorization !== wanted) return refused(401, 'bad login');
  if (asked.path !== '/v1/orders') return refused(404, 'no such thing');
  const start = Number(asked.query.get('after') ?? 0);
  const size = Number(asked.query.get('size') ?? 10);
  const rows = bookings.filter((each) => !each.gone);
  const body = rows.slice(start, start + size).map((booking) => ({
    'Order No': booking.id,
    contact: `${booking.given ?? ''};${booking.family ?? ''}`,
    mail: booking.mail,
    mobile: booking.mobile,
    state: { booked: 1, enquiry: 0, cancelled: -1 }[booking.state],
    kind: booking.kind,
    labels: booking.labels,
    total: Number(booking.total),
    day: booking.day.split('-').reverse().join('/'),
  }));
  const here = `http://${asked.headers.host ?? ''}/v1/orders?size=${String(size)}`;
  const next = start + size < rows.length ? `<${here}&after=${String(start + size)}>; rel="next", ` : '';
  return { status: 200, body, headers: { link: `${next}<${here}>; rel="first"` } };
}

/** A key in the address, offsets, times of another zone. */
function offset(asked: Asked, bookings: readonly Booking[]): Told {
  if (asked.query.get('token') !== SECRET) return refused(403, 'bad token');
  if (asked.path !== '/export.json') return refused(404, 'no such thing');
  const strange = unknown(asked.query, ['token', 'skip', 'top', 'geaendertSeit']);
  if (strange) return refused(400, `unknown parameter ${strange}`);
  const since = asked.query.get('geaendertSeit');
  if (since !== null && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+]02:00$/.test(since)) {
    return refused(400, `geaendertSeit: ${since} is not as we write it`);
  }
  const rows = bookings.filter((each) => since === null || each.changed * 1000 >= Date.parse(since));
  const skip = Number(asked.query.get('skip') ?? 0);
  const top = Number(asked.query.get('top') ?? 10);
  const list = rows.slice(skip, skip + top).map((booking) => ({
    Nr: `B-${String(booking.id)}`,
    'geändert am': `${new Date(booking.changed * 1000 + 7_200_000).toISOString().slice(0, 19)}+02:00`,
    Vorname: booking.given,
    Nachname: booking.family,
    'E-Mail': booking.mail,
    Tel: booking.mobile,
    Status: booking.state,
    Anlass: booking.kind,
    Summe: booking.total.replace('.', ','),
    Tag: booking.day,
    Marken: booking.labels.map((name) => ({ name })),
    gelöscht: booking.gone,
  }));
  return ok({ anzahl: rows.length, liste: list });
}

/** Form auth, windows of dates, a map by id that is [] when empty, errors as 200. */
function php(asked: Asked, bookings: readonly Booking[]): Told {
  const form = new URLSearchParams(asked.body);
  if (asked.method !== 'POST' || asked.path !== '/index.php/api/get') return refused(404, 'no such thing');
  const failed = (msg: string): Told => ok({ status: 'error', msg });
  if (form.get('user') !== 'shop' || form.get('pass') !== SECRET) return failed('unauthorised');
  const from = form.get('date_from') ?? '';
  const to = form.get('date_to') ?? '';
  if (!/^\d{4}-\d\d-\d\d$/.test(from) || !/^\d{4}-\d\d-\d\d$/.test(to)) return failed('bad dates');
  if (Date.parse(to) - Date.parse(from) > 62 * 86_400_000) return failed('window too long');
  const rows = bookings.filter((each) => !each.gone && each.day >= from && each.day <= to);
  const entries = rows.map((booking) => [`b${String(booking.id)}`, asPhp(booking)] as const);
  return ok({
    status: 'ok',
    total: String(rows.length),
    list: rows.length ? Object.fromEntries(entries) : [],
  });
}

function asPhp(booking: Booking): Json {
  return {
    bid: String(booking.id),
    fname: booking.given ?? '',
    lname: booking.family ?? '',
    email: booking.mail ?? '',
    phone: booking.mobile ?? '',
    is_booked: booking.state === 'booked' ? '1' : '0',
    event_type: booking.kind ?? '',
    labels: booking.labels.length > 0 ? Object.fromEntries(booking.labels.map((one, n) => [n, one])) : [],
    total: booking.total,
    event_date: booking.day,
  };
}

/** Multipart, as PHP's documents say, with a flat list. */
function multipart(asked: Asked, bookings: readonly Booking[]): Told {
  const type = asked.headers['content-type'] ?? '';
  const boundary = /^multipart\/form-data; ?boundary="?([^"]+)"?$/.exec(type)?.[1];
  if (asked.path !== '/api.php' || !boundary) return refused(415, `want multipart, not ${type}`);
  const parts = asked.body.split(`--${boundary}`).flatMap((part) => {
    const [, name, value] = /name="([^"]+)"\r\n(?:[^\r\n]+\r\n)*\r\n([\s\S]*)\r\n$/.exec(part) ?? [];
    return name === undefined ? [] : [[name, value ?? ''] as const];
  });
  const form = Object.fromEntries(parts);
  if (form['key'] !== SECRET) return refused(401, 'bad key');
  if (form['what'] !== 'alles, bitte: "ü"') return refused(400, `what: ${form['what'] ?? 'nothing'}`);
  return ok({ rows: bookings.filter((each) => !each.gone).map(asPhp) });
}

function ok(body: Json): Told {
  return { status: 200, body };
}

function refused(status: number, why: string): Told {
  return { status, body: { error: why } };
}

function unknown(query: URLSearchParams, known: readonly string[]): string | undefined {
  return [...query.keys()].find((name) => !known.includes(name));
}

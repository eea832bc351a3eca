import type { Answer } from '../model/answer.ts';
import { isObject } from '../model/json.ts';
import { failure } from '../model/problem.ts';
import type { ReadyRequest } from '../model/request.ts';
import type { Credentials } from './authorize.ts';
import { bounded } from './bounded-answer.ts';
import type { RawAnswer } from './read-answer.ts';
import { throughWire, type Announce, type Wire } from './wire.ts';

/** Calls any REST API. */
export interface HttpClient {
  /** `before` runs when the call's turn has come: what must be durable before it is sent. */
  send(request: ReadyRequest, priority: number, before?: Announce): Promise<Answer>;
}

export function createHttpClient(wire: Wire): HttpClient {
  const { connection } = wire;

  async function perform(
    request: ReadyRequest,
    signal: AbortSignal,
    credentials: Credentials,
  ): Promise<RawAnswer> {
    const url = addressOf(connection.baseUrl, request.path);
    appendAll(url.searchParams, { ...request.query, ...credentials.query });
    const { body, type } = bodyOf(request, credentials.form);
    const headers = {
      accept: 'application/json',
      ...(type === undefined ? {} : { 'content-type': type }),
      ...request.headers,
      ...credentials.headers,
    };
    // A redirect could carry the credentials to another host.
    const sent = await fetch(url, {
      method: request.method,
      headers,
      signal,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    const response = bounded(sent);
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  return {
    send: (request, priority, before) => {
      const { method } = request;
      // For people and metrics: as the config has it, so there are few of them, and no record's data in any.
      const operation = `${method} ${request.route.split('?')[0] ?? ''}`;
      return throughWire(wire, { operation, method, priority, before }, (signal, credentials) =>
        perform(request, signal, credentials),
      );
    },
  };
}

/** The address of a path under the base URL. Throws where it would leave it: credentials must not. */
export function addressOf(baseUrl: string, path: string): URL {
  const whole = /^https?:\/\//i.test(path);
  const url = whole ? new URL(path) : new URL(`${baseUrl}/${path.replace(/^\/+/, '')}`);
  const base = new URL(baseUrl);
  if (url.origin === base.origin && !url.username) return url;
  throw failure(
    'poll-failed',
    `${url.origin} is not below ${baseUrl}`,
    'credentials are only sent to the base URL: see what the API answers as its next link',
  );
}

type Sent = { readonly body?: string | URLSearchParams | FormData; readonly type?: string };

function bodyOf(request: ReadyRequest, form: Readonly<Record<string, string>>): Sent {
  const { body } = request;
  if (body?.type === 'json') {
    const value = isObject(body.value) ? { ...body.value, ...form } : body.value;
    return { body: JSON.stringify(value), type: 'application/json' };
  }
  const fields = { ...body?.fields, ...form };
  if (!body && (request.method === 'GET' || Object.keys(form).length === 0)) return {};
  const target = body?.type === 'multipart' ? new FormData() : new URLSearchParams();
  appendAll(target, fields);
  return { body: target }; // fetch names the type itself, with the boundary of a multipart body
}

function appendAll(target: URLSearchParams | FormData, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (item !== undefined && item !== null)
        target.append(name, typeof item === 'string' ? item : JSON.stringify(item));
    }
  }
}

import type { Ghl } from '../../src/sandbox/ghl/ghl.ts';

export interface Got {
  readonly status: number;
  // The answer's JSON: tests say by their expectations what it must hold.
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
  readonly headers: Headers;
}

export type CallGhl = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string | null>>,
) => Promise<Got>;

/** Calls a running GHL over HTTP with token and the right Version; a header of null is left out. */
export function callGhl(ghl: Ghl & { readonly url: string }): CallGhl {
  return async (method, path, body, headers = {}) => {
    const version = path.startsWith('/calendars') ? '2021-04-15' : '2021-07-28';
    const all = new Headers({ authorization: `Bearer ${ghl.token}`, version });
    if (body !== undefined) all.set('content-type', 'application/json');
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) all.delete(name);
      else all.set(name, value);
    }
    const payload = body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(ghl.url + path, { method, headers: all, body: payload });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      body: (isJson ? JSON.parse(text) : {}) as Got['body'],
      text,
      headers: response.headers,
    };
  };
}

/** One HTTP request, read to its end. Header names are in lower case, as Node gives them. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Uint8Array;
}

/** A body that is text goes out as it is (HTML unless the headers say otherwise), anything else as JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What the client sees: an answer, a connection that breaks, or nothing, ever. */
export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'reset' }
  | { readonly kind: 'hang' };

export function header(arrival: Arrival, name: string): string | undefined {
  const value = arrival.headers[name];
  return typeof value === 'object' ? value.join(', ') : value;
}

export function bodyText(arrival: Arrival): string {
  return new TextDecoder().decode(arrival.body);
}

/** A plain JSON object, not null and not a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import type { HttpClient } from '../connection/http-client.ts';
import { isSuccess } from '../model/answer.ts';
import { ExpressionError } from '../model/expression.ts';
import { isObject } from '../model/json.ts';
import { failure } from '../model/problem.ts';
import { withoutEmpty } from '../model/record.ts';
import type { Source } from '../model/source.ts';
import type { Arrival } from './arrival.ts';
import type { Extracted } from './extract.ts';
import { fillRequest } from '../model/fill-request.ts';

const PRIORITY = 0;

/**
 * The whole record that a thin webhook names (ENGINE case 8). Throws where the API can't answer now: the delivery
 * stays, and is tried again.
 */
export async function fetchRecord(source: Source, arrival: Arrival, client: HttpClient): Promise<Extracted> {
  const { fetch, name } = { ...source, fetch: source.fetch! };
  try {
    const thin = withoutEmpty(arrival.record);
    const bindings = arrival.name === null ? {} : { event: arrival.name };
    // What the source says is gone can't be read any more.
    if (source.deleted && Boolean(await source.deleted(thin, bindings)))
      return { type: 'arrivals', arrivals: [arrival] };
    const answer = await client.send(await fillRequest(fetch.request, thin, bindings), PRIORITY);
    if (!isSuccess(answer)) {
      const passing =
        answer.type === 'unanswered' ||
        answer.status === 429 ||
        answer.status >= 500 ||
        answer.status === 401 ||
        answer.status === 403;
      if (passing)
        throw failure('call-failed', `sources.${name}.fetch: ${answer.message}`, 'it is tried again');
      return { type: 'dead', reason: `sources.${name}.fetch answered ${answer.status}: ${answer.message}` };
    }
    const record = await fetch.record(answer.body, {});
    if (!isObject(record)) return { type: 'dead', reason: `sources.${name}.fetch.record yields no object` };
    return { type: 'arrivals', arrivals: [{ ...arrival, record, asOf: answer.sentAt }] };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { type: 'dead', reason: `sources.${name}.fetch fails on this delivery: ${error.message}` };
  }
}

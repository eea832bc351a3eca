import type { HttpClient } from '../../connection/http-client.ts';
import type { Arrival } from '../../inbox/arrival.ts';
import { extract, type Extracted } from '../../inbox/extract.ts';
import { fetchRecord } from '../../inbox/fetch-record.ts';
import type { Source } from '../../model/source.ts';
import type { Delivery } from '../../store/deliveries.ts';

/** The records of these deliveries, whole; those that can't be read are told in `dead`, with the reason. */
export async function arrivalsOf(
  source: Source,
  deliveries: readonly Delivery[],
  client: HttpClient,
  dead: Map<number, string>,
): Promise<Arrival[]> {
  const arrivals: Arrival[] = [];
  for (const delivery of deliveries) {
    const extracted = await extract(source, delivery);
    const whole = extracted.type === 'dead' ? extracted : await fetchAll(source, extracted.arrivals, client);
    if (whole.type === 'dead') dead.set(delivery.id, whole.reason);
    else arrivals.push(...whole.arrivals);
  }
  return arrivals;
}

async function fetchAll(
  source: Source,
  arrivals: readonly Arrival[],
  client: HttpClient,
): Promise<Extracted> {
  if (!source.fetch) return { type: 'arrivals', arrivals };
  const fetched: Arrival[] = [];
  for (const arrival of arrivals) {
    const one = await fetchRecord(source, arrival, client);
    if (one.type === 'dead') return one;
    fetched.push(...one.arrivals);
  }
  return { type: 'arrivals', arrivals: fetched };
}

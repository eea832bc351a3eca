import { isObject } from '../../model/json.ts';
import type { OwnFunction } from '../functions/own-function.ts';

/** Where the results of other syncs are bound, by the sync's name. No expression can name it: a name ends at a blank. */
export const RESULTS_BINDING = ' results';

/** What the API answered for this record to the sync of that name. */
export const result: OwnFunction = ([sync], _settings, _warn, bound) => {
  const results = bound(RESULTS_BINDING);
  return isObject(results) && typeof sync === 'string' ? results[sync] : undefined;
};

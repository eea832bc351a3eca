import { didYouMean } from '../config/nearest.ts';
import type { Config } from '../model/config.ts';
import { printProblem } from './guarded.ts';

/** Tells of names that no sync has, as JSON where that was asked for; true where there are some. */
export function unknownSyncs(config: Config, syncs: readonly string[], json: boolean): boolean {
  const unknown = syncs.filter((name) => !config.syncs.has(name));
  if (unknown.length === 0) return false;
  const remedy = didYouMean(unknown[0]!, config.syncs.keys(), 'there is no sync at all');
  const message = `there is no sync "${unknown.join('", "')}"`;
  printProblem({ code: 'unknown-sync', severity: 'error', message, remedy }, json);
  return true;
}

import type { Config } from '../model/config.ts';

/** Tells of names that no sync has; true where there are some. */
export function unknownSyncs(config: Config, syncs: readonly string[]): boolean {
  const unknown = syncs.filter((name) => !config.syncs.has(name));
  if (unknown.length === 0) return false;
  process.stderr.write(
    `there is no sync "${unknown.join('", "')}"; there are: ${[...config.syncs.keys()].join(', ')}\n`,
  );
  return true;
}

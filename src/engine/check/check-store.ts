import { BoothsyncError } from '../../model/problem.ts';
import type { Store } from '../../store/store.ts';
import { note, ok, wrong, type Finding } from './finding.ts';

/** The store by what came of opening it; nothing where there is none yet. */
export async function checkStore(open: () => Promise<Store | undefined>): Promise<{
  readonly finding: Finding;
  readonly store?: Store;
}> {
  try {
    const store = await open();
    if (!store) return { finding: note('store', 'there is none yet: the first run makes it') };
    // One that opens and can't be read is none.
    await store.read.lanes.all();
    return { finding: ok('store', 'it opens and can be read'), store };
  } catch (error) {
    if (!(error instanceof BoothsyncError)) throw error;
    return { finding: wrong('store', error.problem.message, error.problem.remedy) };
  }
}

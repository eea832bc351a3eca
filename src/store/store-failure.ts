import { BoothsyncError, failure, messageOf } from '../model/problem.ts';

/** What a database threw, as a problem with a remedy; a problem that is one already stays as it is. */
export function storeFailure(error: unknown, what: string, remedy: string): BoothsyncError {
  if (error instanceof BoothsyncError) return error;
  return failure('store', `${what}: ${messageOf(error)}`, remedy, error);
}

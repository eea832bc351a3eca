import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database of a real server, where worlds are to keep their stores; SQLite where there is none. */
    postgres?: string;
  }
}

/** One server for all files of a run: each has a database of its own, and each world a schema. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres();
  project.provide('postgres', server.url);
  return () => server.stop();
}

import { styleText } from 'node:util';
import { BoothsyncError, type Problem } from '../model/problem.ts';
import { printable } from './print/print-problems.ts';

/**
 * Runs a command's work: what it yields is the exit code. A problem of the world is printed with its remedy
 * and exits 1; anything else thrown is a bug and shows its stack.
 */
export async function guarded(json: boolean, work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (!(error instanceof BoothsyncError)) throw error;
    process.exitCode = 1;
    printProblem(error.problem, json);
  }
}

/** A word of the command line that can't be heeded: told like any problem, with the exit code of wrong usage. */
export function wrongUsage(problem: Problem, json: boolean): number {
  printProblem(problem, json);
  return 2;
}

/** One that no place in a file has: as JSON on stdout where that was asked for, else on stderr. */
export function printProblem({ code, severity, message, remedy }: Problem, json: boolean): void {
  if (json)
    process.stdout.write(`${JSON.stringify({ problems: [{ code, severity, message, remedy }] }, null, 2)}\n`);
  else
    process.stderr.write(
      `${styleText('red', 'error', { stream: process.stderr })}  ${printable(`${message}; ${remedy}`)}\n`,
    );
}

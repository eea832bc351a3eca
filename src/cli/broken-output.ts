import { messageOf } from '../model/problem.ts';

/**
 * Who reads the output may go, as `head` does: that ends no work, and is no error. What can't be written for another reason,
 * such as a full disk, is told.
 */
export function bearBrokenOutput(output: NodeJS.WriteStream): void {
  output.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    process.stderr.write(`error  what is printed can't be written: ${messageOf(error)}\n`);
    process.exit(1);
  });
}

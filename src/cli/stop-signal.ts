/** How long a stop may take, in ms: what was promised, and less than whoever sent the signal waits before it kills. */
const LONGEST_MS = 9_800;

/**
 * Aborts on SIGTERM and SIGINT; a second SIGINT ends at once, for who can't wait. Where something never ends, such as a store
 * that does not answer, the process does all the same: it is as good as killed, and the next start takes everything up.
 */
export function stopSignal(): AbortSignal {
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (abort.signal.aborted && signal === 'SIGINT') process.exit(130);
    if (!abort.signal.aborted) setTimeout(giveUp, LONGEST_MS).unref();
    abort.abort();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return abort.signal;
}

function giveUp(): void {
  process.stderr.write('not all could be ended in time: it is taken up at the next start\n');
  process.exit(1);
}

/** Aborts on SIGTERM and SIGINT; a second SIGINT ends at once, for who can't wait. */
export function stopSignal(): AbortSignal {
  const abort = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (abort.signal.aborted && signal === 'SIGINT') process.exit(130);
    abort.abort();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return abort.signal;
}

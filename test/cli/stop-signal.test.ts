import { afterEach, expect, test, vi } from 'vitest';
import { stopSignal } from '../../src/cli/stop-signal.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const signal of ['SIGTERM', 'SIGINT']) process.removeAllListeners(signal);
});

test('a process whose stop never ends is ended within ten seconds, and says so', () => {
  vi.useFakeTimers();
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const signal = stopSignal();

  process.emit('SIGTERM');
  const aborted = signal.aborted;
  vi.advanceTimersByTime(9_000);
  const early = exit.mock.calls.length;
  vi.advanceTimersByTime(1_000);

  expect(aborted).toBe(true);
  expect(early).toBe(0);
  expect(exit.mock.calls).toEqual([[1]]);
  expect(told.mock.calls.join()).toContain('taken up at the next start');
});

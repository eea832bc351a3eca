import { isSuccess, retryAfterMs, type Answer } from '../../model/answer.ts';
import { sleep, type Clock } from '../../model/clock.ts';

/** One that answers 502 once is no finding. */
const TRIES = 3;
const PAUSE_MS = 500;
/** Whoever is to wait for longer is told so. */
const LONGEST_WAIT_MS = 15_000;

/** A question that only reads, asked again where it was one too many at that moment or the server stumbled. */
export async function ask(clock: Clock, signal: AbortSignal, send: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await send();
    const passing = answer.type === 'answered' && (answer.status === 429 || answer.status >= 500);
    if (isSuccess(answer) || !passing || tries === TRIES || signal.aborted) return answer;
    const waitMs = retryAfterMs(answer, clock.now()) ?? PAUSE_MS * 2 ** tries;
    if (waitMs > LONGEST_WAIT_MS) return answer;
    await sleep(clock, waitMs, signal);
  }
}

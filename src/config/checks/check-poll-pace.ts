import { parseDuration } from '../../model/duration.ts';
import type { Problem, Span } from '../../model/problem.ts';
import { cronGapMs } from '../cron-times.ts';
import { warningAt } from '../problem-at.ts';
import { child, entriesOf, textOf } from '../tree.ts';
import type { Entry, Node } from '../tree.ts';

const DAY_MS = 86_400_000;

interface Load {
  readonly at: Span;
  /** "every 10m", or its cron line. */
  readonly pace: string;
  /** Calls of one poll at least: one for each piece of its window. */
  readonly calls: number;
  readonly everyMs: number;
}

/** Polls that ask for more calls than their connection's limit lets through. */
export function checkPollPace(root: Node): readonly Problem[] {
  return entriesOf(child(root, 'connections')).flatMap(({ name, value }) => {
    const limit = child(value, 'rateLimit');
    const requests = numberOf(child(limit, 'requests'));
    const perMs = durationOf(child(limit, 'per'));
    const daily = numberOf(child(limit, 'daily'));
    const loads = loadsOf(root, name);
    const [heaviest] = [...loads].sort((a, b) => b.calls / b.everyMs - a.calls / a.everyMs);
    if (!heaviest) return [];
    const perMsAsked = loads.reduce((sum, { calls, everyMs }) => sum + calls / everyMs, 0);
    if (requests !== undefined && perMs !== undefined && perMsAsked * perMs > requests)
      return [
        tooMany(name, heaviest, loads, `${requests} in ${textOf(child(limit, 'per'))!}`, requests / perMs),
      ];
    if (daily !== undefined && perMsAsked * DAY_MS > daily)
      return [tooMany(name, heaviest, loads, `${daily} a day`, daily / DAY_MS)];
    return [];
  });
}

function loadsOf(root: Node, connection: string): readonly Load[] {
  const syncs = entriesOf(child(root, 'syncs'));
  const isRead = ({ name }: Entry): boolean =>
    syncs.some(({ value }) => textOf(child(value, 'from')) === name);
  return entriesOf(child(root, 'sources'))
    .filter((source) => textOf(child(source.value, 'connection')) === connection && isRead(source))
    .flatMap(({ value }) => {
      const poll = child(value, 'poll');
      const pace = child(poll, 'every') ?? child(poll, 'schedule');
      const everyMs = durationOf(child(poll, 'every')) ?? cronGapMs(textOf(child(poll, 'schedule')) ?? '');
      return pace && everyMs ? [{ at: pace.at, pace: paceWords(poll), calls: windowsOf(poll), everyMs }] : [];
    });
}

function paceWords(poll: Node | undefined): string {
  const every = textOf(child(poll, 'every'));
  return every === undefined ? `at "${textOf(child(poll, 'schedule')) ?? ''}"` : `every ${every}`;
}

function windowsOf(poll: Node | undefined): number {
  const window = child(poll, 'window');
  const [from, to, step] = ['from', 'to', 'step'].map((name) => durationOf(child(window, name)));
  if (from === undefined || to === undefined || !step) return 1;
  return Math.max(1, Math.ceil((to - from) / step));
}

function tooMany(
  connection: string,
  { at, pace, calls, everyMs }: Load,
  loads: readonly Load[],
  limit: string,
  perMs: number,
): Problem {
  const polls =
    loads.length === 1
      ? `this poll, ${pace}, makes`
      : `the ${loads.length} polls of "${connection}" make together more than the limit; this one makes`;
  const message = `${polls} at least ${calls} ${calls === 1 ? 'call' : 'calls'} each time, and "${connection}" allows ${limit}`;
  const share = loads.reduce((sum, load) => sum + load.calls / load.everyMs, 0) / perMs;
  const remedy = `poll at most every ${inWords(everyMs * share)}${calls > 1 ? ', or read a shorter window in longer steps' : ''}`;
  return warningAt('poll-pace', at, message, remedy);
}

function inWords(ms: number): string {
  if (ms < 60_000) return `${Math.ceil(ms / 1000)}s`;
  return ms < 3_600_000 ? `${Math.ceil(ms / 60_000)}m` : `${Math.ceil(ms / 3_600_000)}h`;
}

function durationOf(node: Node | undefined): number | undefined {
  const text = textOf(node);
  return text === undefined ? undefined : parseDuration(text);
}

function numberOf(node: Node | undefined): number | undefined {
  // A limit of nothing is told by the schema.
  return node?.kind === 'scalar' && typeof node.value === 'number' && node.value > 0 ? node.value : undefined;
}

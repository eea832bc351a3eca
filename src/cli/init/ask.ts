import type { Readable, Writable } from 'node:stream';
import { isCancel, multiselect, select } from '@clack/prompts';
import { completed, type Choices, type SyncName } from './choices.ts';

/** Where questions are asked; the terminal's unless told. */
export interface Terminal {
  readonly input?: Readable;
  readonly output?: Writable;
}

/** Asks for what was not said yet. Nothing where whoever is asked turns away. */
export async function ask(said: Partial<Choices>, terminal: Terminal = {}): Promise<Choices | undefined> {
  const leaving = leavingBy(terminal.input ?? process.stdin);
  try {
    return await askAll(said, { ...terminal, signal: leaving.signal });
  } finally {
    leaving.stop();
  }
}

interface Asking extends Terminal {
  readonly signal: AbortSignal;
}

/** Ctrl-D and a terminal that goes away: the prompts know Ctrl-C and Escape, and would wait for ever. */
function leavingBy(input: Readable): { readonly signal: AbortSignal; stop(): void } {
  const away = new AbortController();
  const leave = (): void => away.abort();
  const onKey = (_text: unknown, key?: { readonly ctrl?: boolean; readonly name?: string }): void => {
    if (key?.ctrl && key.name === 'd') leave();
  };
  input.on('keypress', onKey).on('end', leave);
  return { signal: away.signal, stop: () => void input.off('keypress', onKey).off('end', leave) };
}

async function askAll(said: Partial<Choices>, terminal: Asking): Promise<Choices | undefined> {
  const source = said.source ?? (await askSource(terminal));
  if (source === undefined) return undefined;
  const syncs = said.syncs ?? (await askSyncs(terminal));
  if (syncs === undefined) return undefined;
  const as = said.as ?? (await askWay(source, terminal));
  return as === undefined ? undefined : completed({ source, syncs, as });
}

async function askSource(terminal: Asking): Promise<Choices['source'] | undefined> {
  const answer = await select<Choices['source']>({
    ...terminal,
    message: 'Where do the records come from?',
    options: [
      { value: 'boothbook', label: 'BoothBook, by its key', hint: 'bookings are read again and again' },
      { value: 'webhooks', label: 'BoothBook, by webhooks', hint: 'and read now and then' },
      { value: 'other', label: 'another API', hint: 'JSON over HTTP' },
    ],
  });
  return isCancel(answer) ? undefined : answer;
}

async function askSyncs(terminal: Asking): Promise<readonly SyncName[] | undefined> {
  const answer = await multiselect<SyncName>({
    ...terminal,
    message: 'What do they become in HighLevel? (space chooses; all belong to a contact)',
    options: [
      { value: 'contacts', label: 'contacts', hint: 'with tags' },
      { value: 'tasks', label: 'tasks' },
      { value: 'notes', label: 'notes' },
      { value: 'appointments', label: 'appointments', hint: 'needs a calendar' },
    ],
    initialValues: ['contacts'],
    // Contacts come anyway.
    required: false,
  });
  return isCancel(answer) ? undefined : answer;
}

async function askWay(source: Choices['source'], terminal: Asking): Promise<Choices['as'] | undefined> {
  const answer = await select<Choices['as']>({
    ...terminal,
    message: 'How will it run?',
    options: [
      { value: 'cron', label: 'from cron: boothsync run', hint: 'one pass each time' },
      { value: 'service', label: 'as a service: boothsync serve', hint: 'takes webhooks, too' },
    ],
    initialValue: completed({ source }).as,
  });
  return isCancel(answer) ? undefined : answer;
}

import { join } from 'node:path';
import type { Choices } from './choices.ts';

export interface NextCommand {
  readonly command: string;
  readonly does: string;
}

/** The three commands that come after `init`, as they are typed where it was; `folder` is relative to there. */
export function nextCommands(
  folder: string,
  { as }: Choices,
  env: Readonly<Record<string, string | undefined>>,
): readonly NextCommand[] {
  // `npm run boothsync` is how a checkout calls it.
  const boothsync = env['npm_lifecycle_event'] === 'boothsync' ? 'npm run -s boothsync --' : 'boothsync';
  const config = folder === '' ? '' : ` -c ${quoted(join(folder, 'sync.config.yaml'))}`;
  const [example, own] = ['.env.example', '.env'].map((name) => quoted(join(folder, name)));
  const goes = as === 'cron' ? 'does it; cron calls it from then on' : 'does it, as a service';
  return [
    {
      command: `cp ${example} ${own}`,
      does: `then fill it in; to try it without keys: ${boothsync} sandbox`,
    },
    { command: `${boothsync} plan${config}`, does: 'shows what would be done, and sends nothing' },
    { command: `${boothsync} ${as === 'cron' ? 'run' : 'serve'}${config}`, does: goes },
  ];
}

export function renderNext(next: readonly NextCommand[]): string {
  const width = Math.max(...next.map(({ command }) => command.length));
  return ['Next:', ...next.map(({ command, does }) => `  ${command.padEnd(width)}   ${does}`)].join('\n');
}

function quoted(path: string): string {
  return /^[\w./\\:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

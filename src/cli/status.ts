import { Command } from 'commander';
import { heldLines } from '../engine/guard/held.ts';
import { readStatus, type Status } from '../engine/inspect/inspect.ts';
import { readLogins } from '../engine/tokens/logins.ts';
import { systemClock } from '../engine/system-clock.ts';
import { hasStore, openStore } from '../store/open-store.ts';
import { addCommonOptions, commonOptions, type CommonOptions } from './common-options.ts';
import { guarded } from './guarded.ts';
import { loadOrPrint } from './load-or-print.ts';
import { credentialLine, loginLine } from './login-lines.ts';
import { printable } from './print/print-problems.ts';

/** `boothsync status`: what there is to know without asking any API; works beside a running `serve`. */
export function statusCommand(): Command {
  return addCommonOptions(new Command('status'))
    .description('lanes, backlog, cursors, what guards hold, dead letters')
    .action(async (_options: unknown, command: Command) => {
      const options = commonOptions(command);
      await guarded(options.json, () => status(options));
    });
}

async function status(options: CommonOptions): Promise<number> {
  const config = await loadOrPrint(options, 'keep');
  if (!config) return 1;
  if (!(await hasStore(config.store))) {
    const logins = await readLogins(config, 'default', undefined);
    const none = { lanes: [], sources: [], syncs: [], credentials: [], held: [], deadLetters: [] };
    const nothing: Status = { ...none, logins, links: 0, deliveries: 0 };
    process.stdout.write(
      options.json ? `${JSON.stringify(nothing)}\n` : 'nothing has run yet: there is no store\n',
    );
    return 0;
  }
  const store = await openStore(config.store, { clock: systemClock, owner: false });
  try {
    const found = await readStatus({ store, config, tenant: 'default' }, systemClock.now());
    process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : render(found));
    return isWell(found) ? 0 : 1;
  } finally {
    await store.close();
  }
}

function isWell({ deadLetters, held, lanes, logins }: Status): boolean {
  const works = logins.every(({ state }) => state === 'logged in');
  return (
    works && held.length === 0 && deadLetters.length === 0 && lanes.every(({ paused }) => paused === null)
  );
}

function render(status: Status): string {
  const lines = [
    ...status.lanes.map((lane) => {
      const works = lane.owner === null ? 'at rest' : `worked by ${lane.owner}`;
      const pause = lane.paused
        ? `; paused until ${lane.paused.until}: ${lane.paused.reason}; ${lane.paused.remedy}`
        : '';
      return printable(`lane ${lane.account}: ${works}, ${lane.callsToday} calls today${pause}`);
    }),
    ...status.logins.map(loginLine),
    ...status.credentials.map(credentialLine),
    ...status.sources.map(({ source, readAt, cursor }) =>
      printable(`source ${source}: read ${readAt}${cursor === null ? '' : `, cursor ${cursor}`}`),
    ),
    ...status.syncs.map(({ sync, ...counts }) => {
      const shown = Object.entries(counts).filter(([, count]) => count !== 0);
      return `sync ${sync}: ${shown.map(([state, count]) => `${count} ${state}`).join(', ') || 'no events yet'}`;
    }),
    ...heldLines(status.held),
    `${status.links} links, ${status.deliveries} deliveries to unpack, ${status.deadLetters.length} dead letters`,
    ...status.deadLetters.flatMap(({ id, sync, key, reason, remedy }) => [
      printable(`  ${id} ${sync ?? ''} ${key ?? ''}: ${reason}`),
      ...(remedy === null ? [] : [printable(`    → ${remedy}`)]),
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

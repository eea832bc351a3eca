import type { Sandbox } from './sandbox.ts';

/** What `boothsync sandbox` prints: where both are, and the lines for a shell. */
export function describeSandbox(sandbox: Pick<Sandbox, 'boothbook' | 'ghl' | 'env'>): string {
  const { boothbook, ghl, env } = sandbox;
  const bookings = boothbook.bookings().length;
  return [
    `BoothBook, simulated (${bookings} bookings): ${boothbook.url}`,
    `HighLevel, simulated (location ${ghl.locationId}): ${ghl.url}`,
    `Faults, calls and state: ${ghl.url}/_sandbox/state, ${boothbook.url}/_sandbox/state`,
    '',
    ...Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`),
  ].join('\n');
}

function quoted(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

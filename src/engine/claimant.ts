import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/** Where process ids mean the same: this boot of the machine, and this container. Nothing where that can't be told. */
function placeOf(): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

/** A name for who claims something, by which others may tell that it has died. */
export function newClaimant(): string {
  return JSON.stringify({ place: placeOf(), pid: process.pid, id: randomUUID() });
}

/** True where the claimant surely lives no more: then nobody has to wait for the end of its lease. */
export function hasDied(claimant: string): boolean {
  const { place, pid } = JSON.parse(claimant) as { place?: string; pid: number };
  if (place === undefined || place !== placeOf()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

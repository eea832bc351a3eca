import { readBody } from '../../inbox/read-body.ts';
import type { Connection } from '../../model/connection.ts';
import { isObject } from '../../model/json.ts';
import type { Engine } from '../engine.ts';

/**
 * HighLevel's INSTALL webhook: a location has the app now, so a company's token makes one for it. Found by its type, whatever
 * the sources take. One of an agency names no location (reference: AppInstall.md).
 */
export function noteInstall(engine: Engine, connection: Connection, raw: Buffer): void {
  if (connection.type !== 'ghl' || connection.auth.type !== 'oauth') return;
  const read = readBody(raw);
  if (read.type !== 'body' || !isObject(read.body)) return;
  const { type, locationId } = read.body;
  const ours = locationId === undefined || locationId === connection.location;
  if (!ours) return;
  const { log } = engine.runtime;
  if (type === 'INSTALL') {
    log.info({ connection: connection.name }, 'the app was installed');
    engine.retryToken(connection.name);
  }
  if (type === 'UNINSTALL')
    log.error(
      { connection: connection.name, cause: 'auth-failed' },
      `the app was uninstalled: its tokens end; install it again, then boothsync auth login ${connection.name}`,
    );
}

import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../src/config/load.ts';
import type { Loaded, LoadOptions } from '../../src/config/load.ts';
import type { Config } from '../../src/model/config.ts';

/** A config in a folder of its own, with other files beside it. */
export function aFolder(yaml: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'boothsync-config-'));
  for (const [name, text] of Object.entries({ ...files, 'sync.config.yaml': yaml }))
    writeFileSync(join(folder, name), text);
  return folder;
}

export async function load(
  yaml: string,
  env: LoadOptions['env'] = {},
  files: Readonly<Record<string, string>> = {},
  options: Partial<LoadOptions> = {},
): Promise<Loaded> {
  return loadConfig(join(aFolder(yaml, files), 'sync.config.yaml'), { env, ...options });
}

/** The config, which must have no problems. */
export async function loaded(...given: Parameters<typeof load>): Promise<Config> {
  const { config, problems } = await load(...given);
  if (!config) throw new Error(JSON.stringify(problems, null, 2));
  return config;
}

/** A right config: `parts` replace its blocks. */
export function aConfig(
  parts: { top?: string; http?: string; ghl?: string; source?: string; poll?: string; sync?: string } = {},
): string {
  return `version: 1
${parts.top ?? ''}
connections:
  booth: ${parts.http ?? '{ type: http, baseUrl: https://booth.example }'}
  ghl: ${parts.ghl ?? '{ type: ghl, location: loc, auth: { type: token, token: "${GHL_TOKEN:-pit-123}" } }'}
sources:
  bookings:
    connection: booth
    ${parts.source ?? 'key: id'}
    poll: ${parts.poll ?? '{ request: { path: /bookings }, records: data }'}
syncs:
  contacts:
    from: bookings
    to: ghl.contact
    ${parts.sync ?? 'when: email'}
`;
}

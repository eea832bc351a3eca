/**
 * `validate` of 100 configs of 300 lines, and of one small file, each in a process of its own, beside a bare start of Node
 * that only imports the same modules. Prints one JSON line for each; the ratio is what counts, as all ran on the same
 * machine: the best of five runs, as others may be at work there.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CONFIGS = 100;
const LINES = 300;
const RUNS = 5;
const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'boothsync-bench-'));
try {
  mkdirSync(join(folder, 'many'));
  for (let config = 0; config < CONFIGS; config++)
    writeFileSync(join(folder, 'many', `${config}.yaml`), configOf(config));
  writeFileSync(join(folder, 'small.yaml'), smallConfig());
  // Ends after the same imports, before there is work.
  const bareMs = best(['validate', '--help']);
  for (const [what, file, configs] of [
    ['small', 'small.yaml', 1],
    ['many', 'many/*.yaml', CONFIGS],
  ] as const) {
    const ms = best(['validate', file]);
    const ratio = Number((ms / bareMs).toFixed(2));
    console.log(JSON.stringify({ bench: 'validate', what, configs, ms, bareMs, ratioToBare: ratio }));
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** Milliseconds of the fastest run. */
function best(args: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const { status, stdout } = spawnSync(process.execPath, [MAIN, ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stdout);
    return performance.now() - start;
  });
  return Math.round(Math.min(...times));
}

function smallConfig(): string {
  return `version: 1
${connections()}sources:
  guests: { connection: booth, key: id, poll: { request: { path: /guests }, records: $ } }
syncs:
  contacts: { from: guests, key: email, to: ghl.contact, fields: { email: email }, tags: [booth] }
`;
}

/** All of its lines are read: sources, contacts, notes, tasks and calls under names that no other config has. */
function configOf(config: number): string {
  const blocks = Array.from({ length: 8 }, (_, at) => ({ name: `c${config}n${at}`, at }));
  const text = `version: 1
timezone: Europe/London
country: GB
${connections()}sources:
${blocks.map(({ name }) => sourceOf(name)).join('')}syncs:
${blocks.map(({ name, at }) => syncsOf(name, at)).join('')}`;
  const lines = text.split('\n').length - 1;
  if (lines < LINES) throw new Error(`${lines} lines are fewer than ${LINES}`);
  return text;
}

function connections(): string {
  return `connections:
  booth: { type: http, baseUrl: 'https://booth.example.com', auth: { type: none } }
  ghl: { type: ghl, location: '\${GHL_LOCATION}', auth: { type: token, token: '\${GHL_TOKEN}' } }
`;
}

function sourceOf(name: string): string {
  return `  ${name}:
    connection: booth
    key: ${name}_id
    let:
      person: '$lowercase(${name}_email ? ${name}_email : ${name}_phone)'
    poll:
      every: 1h
      request:
        path: /${name}
      records: ${name}.*
`;
}

function syncsOf(name: string, at: number): string {
  return `  ${name}-contacts:
    from: ${name}
    when: $exists($person)
    key: $person
    to: ghl.contact
    fields:
      firstName: ${name}_first
      lastName: $trim(${name}_last)
      email: $lowercase(${name}_email)
      phone: $e164(${name}_phone)
      website: '"https://booth.example.com/${name}/" & ${name}_id'
      customFields:
        ${name}_date: $date(${name}_date)
        ${name}_package: '${name}_packages[0].name'
        ${name}_total: $sum(${name}_items.(price * ${at + 1}))
    tags:
      - add: ${name}
      - when: '${name}_status in ["Confirmed", "Done"]'
        add: [${name}-booked]
        else: remove
      - when: ${name}_type
        add: '${name}:{{ ${name}_type }}'
  ${name}-notes:
    from: ${name}
    when: ${name}_remark
    to: ghl.note
    parent: ${name}-contacts
    fields:
      body: { text: 'Guest of {{ ${name}_first }}: {{ ${name}_remark }}' }
`;
}

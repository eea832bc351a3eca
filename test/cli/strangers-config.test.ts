import { expect, test } from 'vitest';
import { aPlace, boothsync } from './run-boothsync.ts';

test("a stranger's config shows no file and no variable of this machine by its mapping tests", async () => {
  const secret = 'of-this-machine-0nly';
  const fields = {
    lastName: { value: '${file:./id_rsa}' },
    city: { value: '${FROM_ENV_FILE:-none}' },
  };
  const config = {
    version: 1,
    connections: {
      booth: { type: 'http', baseUrl: 'https://booth.example' },
      ghl: { type: 'ghl', location: 'loc', auth: { type: 'token', token: '${GHL_TOKEN}' } },
    },
    sources: { b: { connection: 'booth', key: 'id', poll: { request: { path: '/b' }, records: 'data' } } },
    syncs: { contacts: { from: 'b', to: 'ghl.contact', fields } },
  };
  const tests = [
    {
      name: 'shows',
      sync: 'contacts',
      record: { id: 1 },
      expect: { fields: { lastName: 'x', city: 'x' } },
    },
  ];
  const cwd = await aPlace({
    id_rsa: secret,
    '.env': `FROM_ENV_FILE=${secret}\n`,
    'sync.config.yaml': JSON.stringify(config),
    'sync.config.test.yaml': JSON.stringify({ tests }),
  });
  const around = { cwd, env: { GHL_TOKEN: secret } };

  const outputs = [
    await boothsync(['test'], around),
    await boothsync(['test', '--json'], around),
    await boothsync(['validate'], around),
  ];

  expect(outputs[0]!.stdout + outputs[0]!.stderr).toContain('lastName');
  for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(secret);
});

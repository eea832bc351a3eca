import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import type { RunningGhl } from '../../src/sandbox/ghl/start-ghl.ts';
import { worlds, type Runner } from '../support/world.ts';

const aWorld = worlds();

/** What a contact's change in HighLevel is made of elsewhere: here a note under the contact that it names. */
const WISH = {
  sources: {
    people: { connection: 'ghl', key: 'id', webhook: { events: ['Contact*'], record: 'body' } },
  },
  syncs: {
    people: { from: 'people', to: 'ghl.contact', key: 'email', fields: { firstName: 'firstName' } },
  },
};

async function tell(
  runner: Runner,
  { webhooks }: { readonly webhooks: Pick<RunningGhl['webhooks'], 'sign'> },
  wish: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const body = {
    type: 'ContactCreate',
    id: 'c1',
    email: 'ann@example.com',
    firstName: 'Ann',
    timestamp: new Date().toISOString(),
    webhookId: 'w-1',
    ...wish,
  };
  const headers = webhooks.sign(JSON.stringify(body));
  return (await runner.webhook(body, { connection: 'ghl', headers })).type;
}

test("HighLevel's webhooks are known by their signature, event and id without a word in the config", async () => {
  const { ghl, start } = await aWorld(WISH);
  const runner = await start({
    config: { ...WISH, ghl: { webhook: { verify: { type: 'ghl', publicKey: ghl.webhooks.publicKey } } } },
  });

  const first = await tell(runner, ghl);
  const again = await tell(runner, ghl);
  const other = await tell(runner, ghl, { type: 'OpportunityCreate', webhookId: 'w-2' });
  await runner.idle();

  expect([first, again, other]).toEqual(['stored', 'known', 'unwanted']);
  expect(await runner.events()).toHaveLength(1);
});

test("a foreign key's signature and an old delivery are refused; one that HighLevel sends again an hour later is not", async () => {
  const [{ ghl, start }, { ghl: foreign }] = await Promise.all([aWorld(WISH), aWorld(WISH)]);
  const runner = await start({
    config: { ...WISH, ghl: { webhook: { verify: { type: 'ghl', publicKey: ghl.webhooks.publicKey } } } },
  });
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

  const forged = await tell(runner, foreign);
  const stale = await tell(runner, ghl, { timestamp: ago(3 * 3_600_000) });
  const redelivered = await tell(runner, ghl, { timestamp: ago(75 * 60_000) });
  await runner.idle();

  expect([forged, stale, redelivered]).toEqual(['forged', 'forged', 'stored']);
});

test('the header that HighLevel sent before counts only where it is asked for, and an old delivery by it is refused, too', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const byRsa = { type: 'rsa', header: 'x-wh-signature', publicKey: pem };
  const { start } = await aWorld(WISH);
  const asked = await start({ config: { ...WISH, ghl: { webhook: { verify: byRsa } } } });
  const tellBy = (runner: Runner, timestamp: number) => {
    const webhooks = {
      sign: (body: string) => ({
        'x-wh-signature': sign('sha256', Buffer.from(body), privateKey).toString('base64'),
      }),
    };
    return tell(runner, { webhooks }, { timestamp: new Date(timestamp).toISOString() });
  };

  const fresh = await tellBy(asked, Date.now());
  const stale = await tellBy(asked, Date.now() - 3 * 3_600_000);
  await asked.idle();
  await asked.stop();
  const unasked = await tellBy(await start({ config: WISH }), Date.now());

  expect([fresh, stale, unasked]).toEqual(['stored', 'forged', 'forged']);
});

test("without a key of one's own HighLevel's is the one that counts", async () => {
  const { ghl, start } = await aWorld(WISH);
  const runner = await start();

  const given = await tell(runner, ghl);

  expect(given).toBe('forged');
});

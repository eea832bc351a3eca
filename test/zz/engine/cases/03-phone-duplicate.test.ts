import { expect, test } from 'vitest';
import { aBooking } from '../../support/a-config.ts';
import { operationsOf, worlds } from '../../support/world.ts';

const aWorld = worlds();

const phone = '+447700900123';
const ann = aBooking({ id: 1, first_name: 'Ann', email: 'ann@example.com', phone });
const joe = aBooking({ id: 2, first_name: 'Joe', email: 'joe@example.com', phone });

test('a couple that shares a phone: the second is a dead letter that names both, the first stays who she is', async () => {
  const { ghl, source, start } = await aWorld();
  const runner = await start();
  source.rows([ann]);
  await runner.pass();

  source.rows([ann, joe]);
  await runner.pass();

  const [contact] = ghl.contacts();
  expect(ghl.contacts()).toHaveLength(1);
  expect(contact).toMatchObject({ firstName: 'Ann', email: 'ann@example.com' });
  const dead = (await runner.events()).filter(({ state }) => state === 'dead');
  expect(dead).toHaveLength(1);
  expect(dead[0]!.reason).toContain('joe@example.com');
  expect(dead[0]!.reason).toContain(contact!.id);
});

test('a contact made by hand with the same phone is not taken over', async () => {
  const { ghl, source, start } = await aWorld();
  const { id } = ghl.addContact({ firstName: 'Somebody', phone });
  const runner = await start();
  source.rows([joe]);

  await runner.pass();

  expect(ghl.contact(id)).toMatchObject({ firstName: 'Somebody' });
  expect(ghl.contact(id)?.email).toBeUndefined();
  expect(await runner.states()).toEqual(['dead']);
});

test('a duplicate by email is adopted, also where the location compares phones first', async () => {
  const { ghl, source, start } = await aWorld({}, { duplicatePriority: ['phone', 'email'] });
  const { id } = ghl.addContact({ firstName: 'Old', email: 'ann@example.com', phone });
  const runner = await start();
  source.rows([ann]);

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect(ghl.contact(id)).toMatchObject({ firstName: 'Ann' });
  expect(await runner.states()).toEqual(['done']);
});

test('where the key is the phone, a duplicate by phone is adopted, however it is written', async () => {
  const { ghl, source, start } = await aWorld({
    sync: { key: 'phone', fields: { firstName: 'first_name', phone: '$e164(phone)' } },
  });
  const { id } = ghl.addContact({ firstName: 'Old', phone });
  const runner = await start();
  source.rows([aBooking({ id: 1, phone: '+44 7700 900123' })]);

  await runner.pass();

  expect(ghl.contact(id)).toMatchObject({ firstName: 'Ann' });
  expect(await runner.states()).toEqual(['done']);
});

test('where the key is the phone as people write it, a duplicate by that phone is adopted', async () => {
  const { ghl, source, start } = await aWorld({
    sync: { key: 'phone', fields: { firstName: 'first_name', phone: '$e164(phone)', email: 'email' } },
  });
  const { id } = ghl.addContact({ firstName: 'Old', phone });
  const runner = await start();
  source.rows([aBooking({ id: 1, phone: '07700 900123' })]);

  await runner.pass();

  expect(ghl.contact(id)).toMatchObject({ firstName: 'Ann' });
});

test('a duplicate by phone does not count where the key is a number of its own and an email is there', async () => {
  const { ghl, source, start } = await aWorld({ sync: { key: 'id' } });
  const { id } = ghl.addContact({ firstName: 'Somebody', phone });
  const runner = await start();
  source.rows([joe]);

  await runner.pass();

  expect(ghl.contact(id)).toMatchObject({ firstName: 'Somebody' });
  expect(await runner.states()).toEqual(['dead']);
});

test('two keys that lead to one id: the second is dead and says who holds it', async () => {
  const { ghl, source, start } = await aWorld({ sync: { key: 'id' } });
  const runner = await start();
  source.rows([aBooking({ id: 1, first_name: 'One', email: 'ann@example.com' })]);
  await runner.pass();

  source.rows([
    aBooking({ id: 1, first_name: 'One', email: 'ann@example.com' }),
    aBooking({ id: 2, first_name: 'Two', email: 'ann@example.com' }),
  ]);
  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect(ghl.contacts()[0]).toMatchObject({ firstName: 'One' });
  const dead = (await runner.events()).filter(({ state }) => state === 'dead');
  expect(dead.map(({ key }) => key)).toEqual(['2']);
  expect(dead[0]!.reason).toMatch(/"1".*"2"/);
});

test('two keys that reach for one id at the same time: one has it, the other is dead', async () => {
  const { ghl, source, start } = await aWorld({ sync: { key: 'id' } }, { latencyMs: 20 });
  ghl.addContact({ firstName: 'Old', email: 'ann@example.com' });
  const runner = await start();
  source.rows([aBooking({ id: 1, email: 'ann@example.com' }), aBooking({ id: 2, email: 'ann@example.com' })]);

  await runner.pass();

  expect(ghl.contacts()).toHaveLength(1);
  expect((await runner.states()).sort()).toEqual(['dead', 'done']);
  expect(operationsOf(ghl).filter((operation) => operation === 'update-contact')).toHaveLength(1);
});

test('a 400 on update never adopts: the record is dead, both contacts stay as they are', async () => {
  const { ghl, source, start } = await aWorld();
  const { id } = ghl.addContact({ firstName: 'Somebody', phone });
  const runner = await start();
  const without = aBooking({ id: 2, first_name: 'Joe', email: 'joe@example.com' });
  source.rows([without]);
  await runner.pass();

  source.rows([{ ...without, phone, updated_at: '2026-05-01T11:00:00Z' }]);
  await runner.pass();

  expect(ghl.contact(id)).toEqual(expect.objectContaining({ firstName: 'Somebody', phone }));
  expect(ghl.contactByEmail('joe@example.com')?.phone).toBeUndefined();
  expect(await runner.states()).toEqual(['done', 'dead']);
});

test('where the location allows duplicates, only the email is looked for', async () => {
  const { ghl, source, start } = await aWorld();
  ghl.changeLocation({ allowDuplicateContact: true });
  const { id } = ghl.addContact({ firstName: 'Somebody', phone });
  const runner = await start();
  source.rows([joe]);

  await runner.pass();

  expect(ghl.contact(id)).toMatchObject({ firstName: 'Somebody' });
  expect(ghl.contactByEmail('joe@example.com')).toMatchObject({ firstName: 'Joe', phone });
});

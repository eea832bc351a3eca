import { expect, test } from 'vitest';
import { aHook } from '../support/receivers.ts';
import { until } from '../support/wait.ts';
import { worlds } from '../support/world.ts';

const world = worlds();

const ANNALENA = {
  id: 7,
  email: 'annalena.m@example.com',
  first_name: 'Annalena',
  last_name: 'Mustermann',
  phone: '+442079460018',
  address: '12 Elm Grove',
  allergies: 'allergic to nuts',
};
/** What some message repeats. */
const REPEATED = [
  'Annalena',
  'Mustermann',
  '12 Elm Grove',
  'annalena.m@example.com',
  '7946 0018',
  'allergic to nuts',
];
const PERSONAL = [...REPEATED, ANNALENA.phone];

/** One of all that can go wrong with a record, each in words that repeat what it holds. */
test.each([
  ['are masked by default', undefined],
  ['are masked', 'mask'],
  ['are shown where the config says so', 'show'],
])(
  'names, addresses, phones and notes in logs at trace and in alerts %s',
  async (_, personalData) => {
    const hook = await aHook();
    const here = await world({
      top: {
        server: { port: 0 },
        ...(personalData ? { log: { personalData } } : {}),
        alerts: [{ on: ['dead-letter', 'poll-failed'], notify: { type: 'webhook', url: hook.url } }],
      },
      source: { webhook: { events: ['booking.*'], record: '$number(body.data.first_name)' } },
      sources: {
        odd: {
          connection: 'booth',
          key: 'id',
          poll: { every: '1h', request: { path: '/odd' }, records: '$number(data.first_name)' },
        },
      },
      sync: { fields: { firstName: 'first_name', lastName: 'last_name', address1: 'address' } },
      syncs: {
        broken: {
          from: 'bookings',
          key: '$lowercase(email)',
          to: 'ghl.contact',
          when: '$number(allergies) > 1',
          fields: { email: 'email' },
        },
        odd: { from: 'odd', key: 'id', to: 'ghl.contact', fields: { email: 'email' } },
      },
    });
    here.source.rows([ANNALENA]);
    const message = ['Annalena MUSTERMANN, 12 Elm Grove, annalena.m@example.com, +44 20 7946 0018 is taken'];
    const body = { statusCode: 422, message };
    here.ghl.fail({ kind: 'status', status: 422, body, times: null, match: { operation: 'create-contact' } });

    const serve = here.spawn('serve', '--log-level', 'trace');
    const url = () => /http:\/\/127\.0\.0\.1:\d+(?=[^\n]*listening)/.exec(serve.output())?.[0];
    await until(() => url() !== undefined, `serve: ${serve.output()}`);
    await fetch(`${url()!}/webhooks/booth`, {
      method: 'POST',
      body: JSON.stringify({ type: 'booking.created', id: 'd1', data: ANNALENA }),
    });
    const all = () => serve.output() + hook.got.map(({ text }) => text).join('\n');
    const said = [
      'is taken',
      '"delivery":1',
      'of its poll fails',
      'a source can not be read',
      '"sync":"broken"',
    ];
    await until(() => said.every((words) => all().includes(words)), `all of it: ${all()}`);
    serve.child.kill('SIGTERM');
    await serve.ended;

    const told = all().toLowerCase();
    expect(hook.got.some(({ text }) => text.includes('is taken') || text.includes('such as'))).toBe(true);
    expect(PERSONAL.filter((value) => told.includes(value.toLowerCase()))).toEqual(
      personalData === 'show' ? REPEATED : [],
    );
  },
  120_000,
);

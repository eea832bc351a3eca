import fastify from 'fastify';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { limitCrowd } from '../../src/server/crowd.ts';
import { until } from '../support/wait.ts';

const MOST = 10;
let port: number;
let count: () => Promise<number>;

beforeEach(async () => {
  const app = fastify({ forceCloseConnections: true });
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  limitCrowd(app, MOST);
  app.post('/', () => 'taken');
  await app.listen({ host: '127.0.0.1', port: 0 });
  port = (app.server.address() as AddressInfo).port;
  count = () => new Promise((resolve) => app.server.getConnections((_, number) => resolve(number)));
  onTestFinished(() => app.close());
});

interface Client {
  readonly socket: Socket;
  said(): string;
}

async function come(first: string): Promise<Client> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let said = '';
  socket.on('data', (chunk) => (said += String(chunk)));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(first);
  return { socket, said: () => said };
}

const many = async (number: number, first: string): Promise<readonly Client[]> => {
  const clients: Client[] = [];
  for (let at = 0; at < number; at++) clients.push(await come(first));
  return clients;
};
const HALF = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\n\r\n';
const isServed = ({ said }: Client) => said().endsWith('taken');
const isGone = ({ socket }: Client) => socket.closed;

/** Whoever comes now says half of its request, and the rest once all of them are there. */
async function expectServed(number: number): Promise<void> {
  const good = await many(number, HALF);
  await until(async () => (await count()) <= MOST, 'the crowd to be limited');
  for (const { socket } of good) socket.write('null');
  await until(() => good.every((one) => isServed(one) || isGone(one)), 'answers');

  expect(good.map(isServed)).toEqual(Array(number).fill(true));
}

test('a crowd that never finishes shuts nobody out', async () => {
  await many(3 * MOST, HALF);

  await expectServed(4);
});

test('a crowd that finished once and stays shuts nobody out, however many come at once', async () => {
  const crowd = await many(MOST, `${HALF}null`);
  await until(() => crowd.every(isServed), 'the crowd to be served');

  await expectServed(4);
});

test('who has been served stays while a crowd comes that never finishes', async () => {
  const good = await many(3, `${HALF}null`);
  await until(() => good.every(isServed), 'them to be served');

  await many(3 * MOST, HALF);
  await until(async () => (await count()) <= MOST, 'the crowd to be limited');

  expect(good.map(isGone)).toEqual([false, false, false]);
});

import fastify from 'fastify';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { limitCrowd } from '../../src/server/crowd.ts';
import { until } from '../support/wait.ts';

const MOST = 10;
const MOST_BYTES = 1_000;
let port: number;
let count: () => Promise<number>;

beforeEach(async () => {
  const app = fastify({ forceCloseConnections: true, bodyLimit: 400 });
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  limitCrowd(app, { connections: MOST, bytes: MOST_BYTES });
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

test.each([
  ['said beforehand', 'content-length: 300'],
  ['in chunks', 'transfer-encoding: chunked'],
])('bodies that never end fill no memory: the oldest go, and others are served (%s)', async (_, length) => {
  const crowd = await many(6, `POST / HTTP/1.1\r\nhost: x\r\n${length}\r\n\r\n`);
  await until(() => crowd.filter(isGone).length >= 3, 'the oldest to go');

  await expectServed(3);

  expect(crowd.map(isGone).slice(0, 3)).toEqual([true, true, true]);
  expect(crowd.some((one) => !isGone(one))).toBe(true);
});

test('one body after the other is no crowd: what has come is not counted any more', async () => {
  const good = await come('');
  const body = 'x'.repeat(390);
  good.socket.write(`POST /nothing HTTP/1.1\r\nhost: x\r\ncontent-length: 390\r\n\r\n${body}`);
  await until(() => good.said().includes('Not Found'), 'an answer');

  for (let round = 1; round <= 10; round++) {
    good.socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 390\r\n\r\n${body}`);
    await until(() => good.said().split('taken').length === round + 1 || isGone(good), 'an answer');
  }

  expect(isGone(good)).toBe(false);
});

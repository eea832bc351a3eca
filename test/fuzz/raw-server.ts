import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What goes over the wire to one request, byte for byte, and how it ends. */
export interface RawAnswer {
  readonly bytes: Buffer;
  readonly end: 'close' | 'reset' | 'hang' | 'keep';
}

export interface RawServer {
  readonly url: string;
  /** Answers of requests by what their first line holds, such as ` /rows/7`. */
  readonly answer: (choose: (requestLine: string, body: string) => RawAnswer) => void;
  /** Requests that are being read or answered; not those that nobody will ever answer. */
  readonly underWay: () => number;
  readonly close: () => Promise<void>;
}

/** A server that no HTTP library keeps from sending nonsense. */
export async function startRawServer(): Promise<RawServer> {
  let choose: (requestLine: string, body: string) => RawAnswer = () => ({
    bytes: Buffer.alloc(0),
    end: 'close',
  });
  let underWay = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const head = received.indexOf('\r\n\r\n');
      if (head === -1) return;
      const length = Number(/^content-length: (\d+)/im.exec(received)?.[1] ?? 0);
      if (received.length < head + 4 + length) return;
      const [line = ''] = received.split('\r\n', 1);
      const body = received.slice(head + 4);
      received = '';
      underWay += 1;
      send(socket, choose(line, body), () => (underWay -= 1));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer: (next) => void (choose = next),
    underWay: () => underWay,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function send(socket: Socket, { bytes, end }: RawAnswer, sent: () => void): void {
  socket.write(bytes, () => {
    sent();
    if (end === 'close') socket.end();
    if (end === 'reset') socket.resetAndDestroy();
  });
}

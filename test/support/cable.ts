import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A cable to a server of this machine, which can be cut: the ends hear nothing more of each other, and are told nothing. */
export interface Cable {
  readonly port: number;
  /** What is connected stays so, dead for ever; who connects now is heard by nobody. */
  cut(): void;
  /** Who connects from now on is heard. */
  mend(): void;
  /** Ends the next connection that says this. */
  breakAt(words: string): void;
  close(): Promise<void>;
}

export async function layCable(toPort: number): Promise<Cable> {
  const sockets = new Set<Socket>();
  const far = new Set<Socket>();
  let isCut = false;
  let breaking: string | undefined;

  const server = createServer((near) => {
    keep(near);
    if (isCut) return;
    const other = keep(connect(toPort, '127.0.0.1'));
    far.add(other);
    near.on('data', (bytes) => {
      if (breaking !== undefined && bytes.includes(breaking)) {
        breaking = undefined;
        near.destroy();
      }
      if (far.has(other)) other.write(bytes);
    });
    other.on('data', (bytes) => near.write(bytes));
    other.on('close', () => far.delete(other) && near.destroy());
    near.on('close', () => other.destroy());
  });

  function keep(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    // Unread, its end would not be noticed.
    socket.resume();
    return socket;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    cut: () => {
      isCut = true;
      // The server asks whether they are there, and learns that they are not.
      for (const other of far) other.destroy();
      far.clear();
    },
    mend: () => void (isCut = false),
    breakAt: (words) => void (breaking = words),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { createServer } from 'node:net';

/** Below those that a system gives to whoever asks for any: a port that is free now stays so until it is used. */
const LOWEST = 20_000;
const HIGHEST = 32_000;

/** A port of this machine on which nobody listens, for what has to know its port beforehand. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

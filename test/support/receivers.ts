import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** One POST that a receiver got. */
export interface Got {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** Of its body as JSON. */
  readonly json: Record<string, unknown>;
}

export interface Hook {
  readonly url: string;
  readonly got: Got[];
  /** What it answers from now on; `hang`: nothing. */
  answer(status: number | 'hang'): void;
}

/** Takes alerts over HTTP; ends with the test. */
export async function aHook(): Promise<Hook> {
  const got: Got[] = [];
  let how: number | 'hang' = 200;
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, text, json: JSON.parse(text) as Record<string, unknown> });
      if (how !== 'hang') response.writeHead(how, { location: 'http://127.0.0.1:1/' }).end('ok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/hook-s3cret`, got, answer: (next) => void (how = next) };
}

/** One mail that a server got: its envelope and its text. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and body, as sent, lines ended by LF. */
  readonly data: string;
  /** `user:password` of AUTH PLAIN; nothing without. */
  readonly login: string | undefined;
}

export interface MailServer {
  readonly port: number;
  readonly mails: Mail[];
}

/** A mail server of a few lines (RFC 5321, AUTH PLAIN); ends with the test. `mute`: it takes connections and says nothing. */
export async function aMailServer({ mute = false } = {}): Promise<MailServer> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (!mute) converse(socket, mails);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, mails };
}

function converse(socket: Socket, mails: Mail[]): void {
  let mail = { from: '', to: [] as string[], data: '', login: undefined as string | undefined };
  let inData = false;
  let pending = '';
  const say = (line: string) => socket.write(`${line}\r\n`);
  const hear = (line: string): unknown => {
    if (inData && line !== '.') return void (mail.data += `${line.replace(/^\.\./, '.')}\n`);
    if (inData) {
      inData = false;
      mails.push(mail);
      mail = { ...mail, to: [], data: '' };
      return say('250 taken');
    }
    const [, argument = ''] = /<([^>]*)>/.exec(line) ?? [];
    const verb = line.split(' ')[0]!.toUpperCase();
    if (verb === 'EHLO') return say('250-test\r\n250 AUTH PLAIN');
    if (verb === 'AUTH') {
      mail.login = Buffer.from(line.split(' ')[2]!, 'base64').toString().split('\0').slice(1).join(':');
      return say('235 welcome');
    }
    if (verb === 'MAIL') mail.from = argument;
    if (verb === 'RCPT') mail.to.push(argument);
    if (verb === 'QUIT') return socket.end('221 bye\r\n');
    inData = verb === 'DATA';
    return say(inData ? '354 go on' : '250 ok');
  };
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (pending + chunk).split('\r\n');
    pending = lines.pop()!;
    lines.forEach(hear);
  });
  say('220 test ESMTP');
}

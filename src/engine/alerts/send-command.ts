import { spawn } from 'node:child_process';
import type { Notify } from '../../model/alert.ts';
import type { AlertMessage } from './message.ts';

/** Of what a command says on stderr, as much is told of where it fails. */
const MOST_TOLD = 300;

/** Runs a command, without a shell, with the alert as JSON on its standard input; throws where it fails. */
export function sendCommand(
  { run, folder }: Extract<Notify, { type: 'command' }>,
  message: AlertMessage,
  signal: AbortSignal,
): Promise<void> {
  const [program = '', ...args] = run;
  return new Promise((resolve, reject) => {
    // A group of its own: what it has started ends with it.
    const child = spawn(program, args, {
      cwd: folder,
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: true,
    });
    let said = '';
    const kill = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    signal.addEventListener('abort', kill, { once: true });
    if (signal.aborted) kill();
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (said.length < MOST_TOLD) said += text;
    });
    // It need not read what it is told.
    child.stdin.on('error', () => undefined);
    child.stdin.end(`${JSON.stringify(message)}\n`);
    child.once('error', reject);
    child.once('exit', (code, killedBy) => {
      signal.removeEventListener('abort', kill);
      const words = said.trim().slice(0, MOST_TOLD);
      if (code === 0) resolve();
      else if (signal.aborted) reject(new Error('it took too long'));
      else
        reject(
          new Error(`it ended with ${code ?? killedBy ?? 'nothing'}${words === '' ? '' : `: ${words}`}`),
        );
    });
  });
}

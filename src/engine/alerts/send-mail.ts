import type { Notify } from '../../model/alert.ts';
import type { AlertMessage } from './message.ts';

/** For each thing that the mail server is waited for, in ms. */
const TIMEOUT_MS = 10_000;

/** Mails an alert; throws where the mail server doesn't take it. */
export async function sendMail(
  { smtp, from, to }: Extract<Notify, { type: 'email' }>,
  message: AlertMessage,
  signal: AbortSignal,
): Promise<void> {
  // Not at the top: who sends no mail need not load it.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    url: smtp,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
  });
  await transport.sendMail({
    from,
    to: [...to],
    subject: message.title,
    text: `${message.text}\n`,
    messageId: `<${message.id}@boothsync>`,
    disableFileAccess: true,
    disableUrlAccess: true,
    signal,
  });
}

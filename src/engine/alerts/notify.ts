import type { Notify } from '../../model/alert.ts';
import type { AlertMessage } from './message.ts';
import { sendCommand } from './send-command.ts';
import { sendMail } from './send-mail.ts';
import { sendWebhook } from './send-webhook.ts';

/** Sends an alert; throws where it was not taken, or `signal` aborts before. */
export function notify(who: Notify, message: AlertMessage, signal: AbortSignal): Promise<void> {
  switch (who.type) {
    case 'webhook':
      return sendWebhook(who, message, signal);
    case 'email':
      return sendMail(who, message, signal);
    case 'command':
      return sendCommand(who, message, signal);
  }
}

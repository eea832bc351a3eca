import type { Notify } from '../../model/alert.ts';
import type { AlertMessage } from './message.ts';

/** POSTs an alert; throws where it is not taken. */
export async function sendWebhook(
  { url, format }: Extract<Notify, { type: 'webhook' }>,
  message: AlertMessage,
  signal: AbortSignal,
): Promise<void> {
  const body = format === 'slack' ? { text: forSlack(message.text) } : message;
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': message.id },
    body: JSON.stringify(body),
    // An address that moved has to be corrected: who it leads to is not who was named.
    redirect: 'manual',
    signal,
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`it answered ${response.status}`);
}

/** Slack's own signs: https://api.slack.com/reference/surfaces/formatting#escaping */
function forSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

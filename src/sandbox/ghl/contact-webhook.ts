import { fullName } from './contact.ts';
import type { Contact } from './contact.ts';
import { without } from '../http/without.ts';

/** The body of the Contact* webhooks: no `dateUpdated`, `attachments` never filled (#324). */
export function contactWebhook(contact: Contact): Readonly<Record<string, unknown>> {
  const told = without(contact, 'dateUpdated', 'followers', 'dndSettings', 'inboundDndSettings');
  return { ...told, name: fullName(contact), attachments: [] };
}

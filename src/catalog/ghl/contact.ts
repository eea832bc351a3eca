import { isObject } from '../../model/json.ts';
import type { Fields } from '../../model/step.ts';
import type { IdentityQuestion, Resource } from '../resource.ts';

/** A person. Facts: ghl-facts.md §3 and §8. */
export const contact: Resource = {
  name: 'contact',
  part: 'contacts',
  idParameter: 'contactId',
  create: { operation: 'create-contact', answer: ['contact'] },
  update: { operation: 'update-contact', answer: ['contact'] },
  read: { operation: 'get-contact', answer: ['contact'] },
  delete: { operation: 'delete-contact', answer: [] },
  // PUT answers 422 "property gender should not exist" (highlevel-api-docs#313).
  createOnly: ['gender', 'companyName'],
  tags: { add: 'add-tags', remove: 'remove-tags' },
  identity: {
    // Not POST /contacts/search: its index lags seconds behind writes.
    find: { operation: 'get-duplicate-contact', answer: ['contact'] },
    lagMs: 2_000,
    question: identityQuestion,
    duplicateIn,
  },
};

/**
 * The field that stands for the key: the one that equals it when both are normalised; for a key that is neither,
 * the email, and the phone only where the record has no email. A couple shares a phone (ENGINE case 3).
 */
function identityQuestion(key: string, fields: Fields): IdentityQuestion | undefined {
  const email = textOf(fields['email']);
  const phone = textOf(fields['phone']);
  const byEmail = email === undefined ? undefined : { field: 'email', query: { email } };
  const byPhone = phone === undefined ? undefined : { field: 'phone', query: { number: phone } };
  if (byEmail && normalEmail(email!) === normalEmail(key)) return byEmail;
  if (byPhone && normalPhone(phone!) === normalPhone(key)) return byPhone;
  return byEmail ?? byPhone;
}

function duplicateIn(body: unknown): { targetId: string; field?: string } | undefined {
  const meta = isObject(body) ? body['meta'] : undefined;
  if (!isObject(meta) || typeof meta['contactId'] !== 'string') return undefined;
  const field = meta['matchingField'];
  return { targetId: meta['contactId'], ...(typeof field === 'string' ? { field } : {}) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function normalEmail(email: string): string {
  return email.trim().toLowerCase();
}

function normalPhone(phone: string): string {
  return phone.replace(/[^\d]/g, '');
}

import { isObject } from '../../model/json.ts';
import type { Fields } from '../../model/step.ts';
import { targetIdIn, type IdentityQuestion, type Resource } from '../resource.ts';

/** A person. Facts: ghl-facts.md §3 and §8. */
export const contact: Resource = {
  name: 'contact',
  idParameter: 'contactId',
  create: { operation: 'create-contact', answer: ['contact'] },
  update: { operation: 'update-contact', answer: ['contact'] },
  read: { operation: 'get-contact', answer: ['contact'] },
  createdAt: 'dateAdded',
  delete: { operation: 'delete-contact', answer: [] },
  // PUT answers 422 "property gender should not exist" (highlevel-api-docs#313).
  createOnly: ['gender', 'companyName'],
  tags: { add: 'add-tags', remove: 'remove-tags', bulk: 'create-association' },
  customFields: 'contact',
  hidden: ['gender', 'inboundDndSettings'],
  shownAs: { name: ['firstName', 'lastName'] },
  identity: {
    // Not POST /contacts/search: its index lags seconds behind writes.
    find: 'get-duplicate-contact',
    lagMs: 2_000,
    twins: 'as-the-location-says',
    question: identityQuestion,
    pick: (body) => targetIdIn(body, ['contact']),
    duplicateIn,
    refusal: (contactId, matchingField) => ({ statusCode: 400, meta: { contactId, matchingField } }),
  },
};

/**
 * The field that stands for the key: the one that equals it when both are normalised; for a key that is neither,
 * the email, and the phone only where the record has no email. A couple shares a phone (ENGINE case 3).
 */
function identityQuestion(key: string, fields: Fields): IdentityQuestion | undefined {
  const email = textOf(fields['email']);
  const phone = textOf(fields['phone']);
  const byEmail = email === undefined ? undefined : { field: 'email', value: email, query: { email } };
  const byPhone =
    phone === undefined ? undefined : { field: 'phone', value: phone, query: { number: phone } };
  if (byEmail && normalEmail(email!) === normalEmail(key)) return byEmail;
  if (byPhone && isSamePhone(phone!, key)) return byPhone;
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

/** By their digits; a key may be the number as people write it, with a 0 in place of the country's one to three digits. */
function isSamePhone(phone: string, key: string): boolean {
  const [digits, others] = [phone, key].map((text) => text.replace(/[^\d]/g, '')) as [string, string];
  if (digits !== '' && digits === others) return true;
  const national = /^0([1-9]\d{6,})$/.exec(others)?.[1];
  const code = national !== undefined && digits.endsWith(national) ? digits.slice(0, -national.length) : '';
  return phone.startsWith('+') && code.length >= 1 && code.length <= 3;
}

import type { Contact } from './contact.ts';

/** A location's contacts, found by id, email and phone without a scan. */
export interface ContactStore {
  readonly get: (id: string) => Contact | undefined;
  readonly all: () => readonly Contact[];
  /** The oldest contact with this field, compared as GHL does: emails lower-cased, phones as they are stored. */
  readonly findBy: (field: 'email' | 'phone', value: string, exceptId?: string) => Contact | undefined;
  readonly put: (contact: Contact) => void;
  readonly remove: (id: string) => void;
}

export function createContactStore(
  changed: (id: string, contact: Contact | undefined) => void,
): ContactStore {
  const byId = new Map<string, Contact>();
  const indexes = { email: new Map<string, Set<string>>(), phone: new Map<string, Set<string>>() };

  function unlink(contact: Contact): void {
    for (const field of ['email', 'phone'] as const) {
      if (contact[field] !== undefined) indexes[field].get(normal(contact[field]))?.delete(contact.id);
    }
  }

  function link(contact: Contact): void {
    for (const field of ['email', 'phone'] as const) {
      if (contact[field] === undefined) continue;
      const ids = indexes[field].get(normal(contact[field])) ?? new Set();
      indexes[field].set(normal(contact[field]), ids.add(contact.id));
    }
  }

  return {
    get: (id) => byId.get(id),
    all: () => [...byId.values()],
    findBy(field, value, exceptId) {
      for (const id of indexes[field].get(normal(value)) ?? []) if (id !== exceptId) return byId.get(id);
      return undefined;
    },
    put(contact) {
      const old = byId.get(contact.id);
      if (old?.email !== contact.email || old?.phone !== contact.phone) {
        if (old) unlink(old);
        link(contact);
      }
      byId.set(contact.id, contact);
      changed(contact.id, contact);
    },
    remove(id) {
      const old = byId.get(id);
      if (!old) return;
      unlink(old);
      byId.delete(id);
      changed(id, undefined);
    },
  };
}

function normal(value: string): string {
  return value.trim().toLowerCase();
}

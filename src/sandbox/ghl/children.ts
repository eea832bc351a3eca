/** Records that hang on another one (tasks of a contact, notes of an appointment), found by id and by parent. */
export interface Children<T> {
  readonly get: (id: string) => T | undefined;
  readonly of: (parentId: string) => readonly T[];
  readonly all: () => readonly T[];
  readonly put: (child: T) => void;
  readonly remove: (id: string) => void;
  readonly removeOf: (parentId: string) => void;
}

export function createChildren<T extends { readonly id: string }>(
  parentOf: (child: T) => string,
): Children<T> {
  const byId = new Map<string, T>();
  const byParent = new Map<string, Set<string>>();

  function remove(id: string): void {
    const child = byId.get(id);
    if (!child) return;
    byId.delete(id);
    byParent.get(parentOf(child))?.delete(id);
  }

  return {
    get: (id) => byId.get(id),
    of: (parentId) => [...(byParent.get(parentId) ?? [])].flatMap((id) => byId.get(id) ?? []),
    all: () => [...byId.values()],
    put(child) {
      byId.set(child.id, child);
      const siblings = byParent.get(parentOf(child)) ?? new Set();
      byParent.set(parentOf(child), siblings.add(child.id));
    },
    remove,
    removeOf: (parentId) => [...(byParent.get(parentId) ?? [])].forEach(remove),
  };
}

import { hashOf } from '../../model/digest.ts';
import type { Json } from '../../model/json.ts';
import type { Fields } from '../../model/step.ts';
import { keyOf } from '../../model/target-key.ts';
import type { TakenStep } from '../turn/taken-step.ts';

/** What would happen to a target; `skip` and `dead`: what would become of a record that has none. */
export interface PlannedRecord {
  readonly action: Change | 'skip' | 'dead';
  readonly sync: string;
  /** Keys of the records that it is for. */
  readonly keys: readonly string[];
  /** The part of the target key that identifies it in its resource. */
  readonly target?: string;
  /** The resource; of a `call`, its operation. */
  readonly resource?: string;
  /** Old → new; nothing is old where it was not written by us. */
  readonly fields?: Readonly<Record<string, { readonly from?: Json; readonly to: Json }>>;
  readonly tags?: { readonly add: readonly string[]; readonly remove: readonly string[] };
  readonly reason?: string;
  readonly remedy?: string;
}

export const CHANGES = ['create', 'update', 'tag', 'adopt', 'delete', 'call'] as const;
export type Change = (typeof CHANGES)[number];

/** One for each target and kind of change, in the order in which they come. */
export function plannedRecords(steps: readonly TakenStep[]): PlannedRecord[] {
  const records = new Map<string, PlannedRecord>();
  for (const [n, taken] of steps.entries()) {
    const record = recordOf(taken);
    if (!record) continue;
    // Each run of an action is one of its own.
    const name = JSON.stringify([taken.targetKey, record.action, record.action === 'call' ? n : 0]);
    const before = records.get(name);
    records.set(name, before ? together(before, record) : record);
  }
  return [...records.values()];
}

/** The same for the same changes, in whichever order the targets come. */
export function changesHash(records: readonly PlannedRecord[]): string {
  return hashOf(
    records
      .map(({ action, sync, target, resource, fields = {}, tags }) =>
        hashOf({
          action,
          sync,
          target,
          resource,
          fields: Object.fromEntries(Object.entries(fields).map(([name, { to }]) => [name, to])),
          add: [...(tags?.add ?? [])].sort(),
          remove: [...(tags?.remove ?? [])].sort(),
        }),
      )
      .sort(),
  );
}

function recordOf({ targetKey, events, step, before }: TakenStep): PlannedRecord | undefined {
  const newest = events.at(-1);
  const resource = targetKey.split('|')[1]!;
  const base = {
    sync: newest?.sync ?? '',
    keys: [...new Set(events.map(({ key }) => key))],
    target: keyOf(targetKey),
    resource: step.type === 'call' ? step.operation : resource,
  };
  switch (step.type) {
    case 'create':
      return { ...base, action: 'create', fields: changes(step.fields), ...tagsOf(step.tags, []) };
    case 'update':
      return { ...base, action: 'update', fields: changes(step.fields, before?.applied.fields) };
    case 'add-tags':
      return { ...base, action: 'tag', ...tagsOf(step.tags, []) };
    case 'remove-tags':
      return { ...base, action: 'tag', ...tagsOf([], step.tags) };
    case 'adopt':
    case 'delete':
      return { ...base, action: step.type };
    case 'call':
      return { ...base, action: 'call', fields: changes(step.fields) };
    case 'read':
      return undefined;
  }
}

function changes(to: Fields, from: Fields = {}): NonNullable<PlannedRecord['fields']> {
  return Object.fromEntries(
    Object.entries(to).map(([name, value]) => [
      name,
      from[name] === undefined ? { to: value } : { from: from[name], to: value },
    ]),
  );
}

function tagsOf(add: readonly string[], remove: readonly string[]): Pick<PlannedRecord, 'tags'> {
  return add.length + remove.length === 0 ? {} : { tags: { add, remove } };
}

/** A target that is changed twice, as one change from the first to the last. */
function together(a: PlannedRecord, b: PlannedRecord): PlannedRecord {
  const fields: Record<string, { from?: Json; to: Json }> = { ...a.fields };
  for (const [name, change] of Object.entries(b.fields ?? {}))
    fields[name] = name in fields ? { ...fields[name]!, to: change.to } : change;
  const add = [...new Set([...(a.tags?.add ?? []), ...(b.tags?.add ?? [])])];
  const remove = [...new Set([...(a.tags?.remove ?? []), ...(b.tags?.remove ?? [])])];
  return {
    ...a,
    keys: [...new Set([...a.keys, ...b.keys])],
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    ...tagsOf(add, remove),
  };
}

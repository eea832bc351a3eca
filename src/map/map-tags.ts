import type { DesiredTags } from '../model/desired.ts';
import { ExpressionError, type Expression } from '../model/expression.ts';
import type { Sync, TagRule } from '../model/sync.ts';
import { isTrue, type Scope } from './scope.ts';

/** What the tag rules want for this record; spelling as written, each once. */
export async function mapTags(
  sync: Sync,
  scope: Scope,
  warn: (message: string) => void,
): Promise<DesiredTags> {
  const sticky = new Set<string>();
  const owned = new Set<string>();
  const remove = new Set<string>();
  for (const rule of sync.tags) {
    if (!(await ruleHolds(rule, scope))) continue;
    for (const tag of await texts(rule.add, scope, warn)) (rule.owns ? owned : sticky).add(tag);
    for (const tag of await texts(rule.remove, scope, warn)) remove.add(tag);
  }
  return { sticky: [...sticky], owned: [...owned], remove: [...remove] };
}

/** Whether a rule's `when` holds. */
export async function ruleHolds(rule: TagRule, scope: Scope): Promise<boolean> {
  return !rule.when || isTrue(await rule.when(scope.record, scope.bindings));
}

/** A text that yields nothing is no tag; one that yields a list is several. */
async function texts(
  expressions: readonly Expression[],
  scope: Scope,
  warn: (message: string) => void,
): Promise<string[]> {
  const tags: string[] = [];
  for (const expression of expressions) {
    const value = await expression(scope.record, scope.bindings, warn);
    for (const tag of Array.isArray(value) ? (value as unknown[]) : [value]) {
      const text = tagText(tag);
      if (text !== '') tags.push(text);
    }
  }
  return tags;
}

function tagText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ExpressionError('a tag is a text, not an object or a list of lists');
}

import { ruleHolds } from '../../map/map-tags.ts';
import type { Config } from '../../model/config.ts';
import type { TestResult } from '../../model/mapping-test.ts';
import { partsOf, scopeOfTest } from './run-test.ts';

/** What no test shows to work: a field that yields a value in none, a tag rule that holds in none. */
export interface Coverage {
  /** Syncs without any test. */
  readonly syncs: readonly string[];
  /** Such as `contacts.fields.phone`. */
  readonly fields: readonly string[];
  /** Such as `contacts.tags[2]`, from 0. */
  readonly tags: readonly string[];
}

export async function coverageOf(config: Config, results: readonly TestResult[]): Promise<Coverage> {
  const reached = new Set<string>();
  for (const { test, got } of results) {
    reached.add(test.sync);
    if (got.type !== 'mapped') continue;
    const { customFields = {}, ...fields } = got.mapped.fields;
    for (const name of Object.keys(fields)) reached.add(`${test.sync}.fields.${name}`);
    for (const name of Object.keys(customFields as object))
      reached.add(`${test.sync}.fields.customFields.${name}`);
    for (const at of await rulesThatHold(config, test)) reached.add(`${test.sync}.tags[${at}]`);
  }
  const syncs = [...config.syncs.values()].filter(({ enabled }) => enabled);
  const tested = syncs.filter(({ name }) => reached.has(name));
  const fields = tested.flatMap((sync) =>
    sync.fields.map(({ name, custom }) => `${sync.name}.fields.${custom ? 'customFields.' : ''}${name}`),
  );
  const tags = tested.flatMap((sync) => sync.tags.map((_, at) => `${sync.name}.tags[${at}]`));
  const isUnreached = (place: string): boolean => !reached.has(place);
  return {
    syncs: syncs.map(({ name }) => name).filter(isUnreached),
    fields: fields.filter(isUnreached),
    tags: tags.filter(isUnreached),
  };
}

async function rulesThatHold(config: Config, test: TestResult['test']): Promise<number[]> {
  const { sync, source } = partsOf(config, test);
  const scope = await scopeOfTest(source, sync, test);
  const held: number[] = [];
  for (const [at, rule] of sync.tags.entries()) if (await ruleHolds(rule, scope)) held.push(at);
  return held;
}

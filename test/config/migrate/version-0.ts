import { isMap, isScalar, type Document, type Pair, type YAMLMap } from 'yaml';
import type { Step } from '../../../src/config/migrate/migrate.ts';

/** An invented language before version 1: connections were accounts, a sync's source was `source`, tags were one text. */
export const FROM_0: Step = {
  from: 0,
  config(document: Document) {
    if (isMap(document.contents)) rename(document.contents, 'accounts', 'connections');
  },
  sync(sync: YAMLMap) {
    rename(sync, 'source', 'from');
    const tags = sync.get('tags');
    if (typeof tags === 'string') sync.set('tags', tags.split(' '));
  },
};

/** The pair keeps its place, and with it its comments. */
function rename(map: YAMLMap, from: string, to: string): void {
  const pair = map.items.find(({ key }: Pair) => isScalar(key) && key.value === from);
  if (pair && isScalar(pair.key)) pair.key.value = to;
}

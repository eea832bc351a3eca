/** What other tools call the properties of this language. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  connections: ['accounts', 'apis', 'connectors', 'credentials'],
  sources: ['inputs', 'streams'],
  syncs: ['mappings', 'flows', 'pipelines', 'jobs', 'rules'],
  baseUrl: ['url', 'host', 'endpoint', 'uri'],
  key: ['id', 'primaryKey', 'identifier', 'uniqueKey'],
  from: ['source', 'input'],
  to: ['target', 'destination', 'resource', 'into'],
  call: ['action', 'operation'],
  fields: ['mapping', 'map', 'mappings', 'properties', 'attributes', 'values', 'data'],
  with: ['params', 'parameters', 'args', 'arguments'],
  when: ['if', 'filter', 'condition', 'where', 'only'],
  every: ['interval', 'frequency'],
  schedule: ['cron'],
  records: ['items', 'data', 'results'],
  add: ['tag', 'tags', 'name'],
  per: ['interval', 'window'],
  requests: ['limit', 'max', 'calls'],
};

/** The property of these that another word for it means. */
export function otherWordFor(name: string, properties: readonly string[]): string | undefined {
  return properties.find((each) => Object.hasOwn(WORDS, each) && WORDS[each]!.includes(name));
}

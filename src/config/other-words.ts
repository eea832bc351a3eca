/** What other tools call the properties of this language. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  connections: ['accounts', 'apis', 'connectors', 'credentials'],
  sources: ['inputs', 'streams'],
  syncs: ['mappings', 'flows', 'pipelines', 'jobs', 'rules'],
  baseUrl: ['url', 'host', 'endpoint', 'uri'],
  key: ['id', 'primaryKey', 'identifier', 'uniqueKey'],
  from: ['source', 'input', 'start', 'begin', 'since', 'after'],
  to: ['target', 'destination', 'resource', 'into', 'end', 'until', 'before'],
  call: ['action', 'operation'],
  fields: ['mapping', 'map', 'mappings', 'properties', 'attributes', 'values', 'data'],
  with: ['params', 'parameters', 'args', 'arguments'],
  when: ['if', 'filter', 'condition', 'where', 'only'],
  every: ['interval', 'frequency'],
  schedule: ['cron'],
  records: ['items', 'data', 'results'],
  add: ['tag', 'tags', 'name'],
  per: ['interval', 'window'],
  name: ['header', 'param', 'parameter'],
  requests: ['limit', 'max', 'calls'],
};

/** The property of these that another word for it means. */
export function otherWordFor(name: string, properties: readonly string[]): string | undefined {
  return properties.find((each) => Object.hasOwn(WORDS, each) && WORDS[each]!.includes(name));
}

/** What people and other tools call the fields of contacts, tasks, notes, appointments and opportunities. */
const FIELD_WORDS: Readonly<Record<string, readonly string[]>> = {
  phone: ['mobile', 'tel', 'telephone', 'cell'],
  email: ['mail'],
  lastName: ['surname', 'familyname'],
  firstName: ['givenname', 'forename'],
  postalCode: ['zip', 'zipcode', 'postcode'],
  address1: ['address', 'street'],
  city: ['town'],
  state: ['county', 'region', 'province'],
  companyName: ['organisation', 'organization'],
  dateOfBirth: ['birthday', 'dob', 'birthdate'],
  assignedTo: ['owner', 'assignee'],
  dueDate: ['deadline', 'dueat'],
  title: ['name', 'subject', 'summary'],
  name: ['title'],
  body: ['description', 'text', 'content', 'note', 'message'],
  completed: ['done', 'complete', 'isdone'],
  startTime: ['startsat', 'begin'],
  endTime: ['endsat', 'until'],
  monetaryValue: ['amount', 'price', 'total'],
  pipelineStageId: ['stage', 'stageid'],
};

/** The field that another word for it means, or the one whose name holds it or is held by it: `phoneNumber`, `value`. */
export function otherFieldFor(name: string, known: readonly string[]): string | undefined {
  const plain = name.toLowerCase().replaceAll(/[-_ ]/g, '');
  const other = known.find((each) => Object.hasOwn(FIELD_WORDS, each) && FIELD_WORDS[each]!.includes(plain));
  if (other !== undefined) return other;
  const held = known.filter((each) => each.length > 3 && plain.startsWith(each.toLowerCase()));
  const holding = known.filter((each) => wordsOf(each).includes(plain));
  return held.length === 1 ? held[0] : holding.length === 1 ? holding[0] : undefined;
}

function wordsOf(name: string): readonly string[] {
  return name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
}

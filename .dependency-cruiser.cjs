/**
 * The rooms of the house: what may import what. A stage (inbox, map, reconcile, deliver, settle) never imports
 * another stage; only the engine knows their order.
 */
const stages = ['inbox', 'map', 'reconcile', 'deliver', 'settle'];

/** What each room may import of ours; stages take `connection` and `store` as types only (their values are arguments). */
const rooms = {
  cli: ['server', 'sandbox', 'engine', 'config', 'catalog', 'model', 'store'],
  server: ['engine', 'inbox', 'model'],
  sandbox: [],
  engine: [...stages, 'connection', 'store', 'config', 'expression', 'catalog', 'model'],
  inbox: ['connection', 'store', 'model'],
  map: ['model'],
  reconcile: ['catalog', 'model'],
  deliver: ['connection', 'store', 'catalog', 'model'],
  settle: ['store', 'model'],
  connection: ['catalog', 'model'],
  store: ['model'],
  config: ['expression', 'catalog', 'model'],
  expression: ['model'],
  catalog: ['model'],
  model: [],
};

const pure = ['map', 'reconcile', 'config', 'expression', 'catalog', 'model'];

/** Each dependency has one room. */
const homes = {
  jsonata: ['expression'],
  re2js: ['expression'],
  'libphonenumber-js': ['expression'],
  'temporal-polyfill': ['expression'],
  ajv: ['config'],
  'ajv-formats': ['config'],
  'fastest-levenshtein': ['config'],
  yaml: ['config', 'catalog/load.ts'],
  kysely: ['store'],
  pg: ['store'],
  bottleneck: ['connection'],
  'openapi-fetch': ['connection'],
  oauth4webapi: ['connection'],
  'node-cron': ['engine'],
  nodemailer: ['engine/alerts/send-mail.ts'],
  'prom-client': ['server'],
  fastify: ['server', 'sandbox'],
  pino: ['cli'],
  commander: ['cli'],
  '@clack/prompts': ['cli'],
  'cli-progress': ['cli'],
};

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `src/${room} may import only: ${allowed.join(', ') || 'nothing of ours'}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: `^src/(${[room, ...allowed].join('|')})/` },
}));

const homeRules = Object.entries(homes).map(([name, places]) => ({
  name: `home-of-${name}`,
  comment: `${name} lives in ${places.join(', ')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: `^src/(${places.join('|')})` },
  to: { path: `^node_modules/${name}/` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    ...homeRules,
    {
      name: 'stages-take-values-as-arguments',
      comment: 'a stage imports connection and store as types only',
      severity: 'error',
      from: { path: `^src/(${stages.join('|')})/` },
      to: { path: '^src/(connection|store)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-rooms-have-no-io',
      comment: 'only a file named load.ts may read files',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/`, pathNot: '/load\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|module|util|buffer|path)$' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dead-files',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: 'src/cli/main\\.ts$' },
      to: {},
    },
    {
      name: 'nothing-unreached',
      comment: 'every file of src is reached from the command line',
      severity: 'error',
      from: { path: '^src/cli/main\\.ts$' },
      to: { path: '^src/', reachable: false, pathNot: 'generated/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

import type { ProblemPage } from './page.ts';

const NOWHERE = { part: 'baseUrl: https://booth.example', by: 'baseUrl: http://127.0.0.1:9' };

/** What only running it shows. */
export const OF_RUNS = {
  'unset-variable': {
    title: 'A variable is not set',
    means:
      'The config says ${NAME}, and neither vars nor the environment nor .env has it. validate needs none of them; what runs does.',
    remedy: 'Set it, or give it a default: ${NAME:-default}.',
    example: {
      command: 'boothsync run',
      says: 'GHL_TOKEN is not set',
      with: { part: '${GHL_TOKEN:-pit}', by: '${GHL_TOKEN}' },
    },
  },
  usage: {
    title: 'A command was asked for what is not there',
    means:
      'A name or an option of the command line fits nothing in the config or the store. Exit code 2 or 1.',
    remedy: 'See boothsync <command> --help, or the names that the message lists.',
    example: { command: 'boothsync run nobody', says: 'there is no sync "nobody"' },
  },
  'test-failed': {
    title: 'A mapping test failed',
    means: "The mapping makes something else of the test's record than the test expects.",
    remedy: 'Correct the mapping, or write what it makes now into the test: boothsync test --update.',
    example: { command: 'boothsync test --format github', says: 'title=test-failed' },
  },
  'store-held': {
    title: 'Another process has the store',
    means: 'A store has one owner, as two would write everything twice. A run beside a serve is refused.',
    remedy: 'Wait until the other has ended, or stop it. Commands that only read work beside it.',
    example: { command: 'boothsync run', says: 'is in use by process' },
  },
  approval: {
    title: 'Nothing of this hash waits for approval',
    means: 'What was planned or held back is done already, or has changed since, and has another hash.',
    remedy: 'See boothsync status, look at the new plan, and approve that.',
    example: { command: 'boothsync run --approve 0123456789', says: 'nothing of hash 0123456789 waits' },
  },
  store: {
    title: "The store can't be used",
    means: "Its file or database can't be opened or written, or what is in it can't be read.",
    remedy:
      'See that its folder is there, that the disk has room, and that the database answers; else restore a backup.',
    example: {
      command: 'boothsync run',
      says: "can't be opened",
      with: { part: 'tables:', by: 'store: sqlite:nowhere/sync.db\ntables:' },
    },
  },
  'poll-failed': {
    title: 'A source could not be read',
    means:
      'The API did not answer, answered with an error, or with something that is no list of records. Nothing of it was taken.',
    remedy:
      'See whether the API is up and its credentials are right. The next poll tries again from where this one began.',
    example: { command: 'boothsync run', says: 'poll failed', with: NOWHERE },
  },
  'poll-refused': {
    title: 'A source refuses its credentials',
    means:
      'The API answered 401 or 403: its key or token is wrong, is no longer valid, or may not read this.',
    remedy: 'Put a valid key into the variable that auth names, with the rights that the path needs.',
    example: {
      command: 'boothsync run',
      says: '401',
      with: { part: 'baseUrl: https://booth.example', by: 'baseUrl: ${BOOTH_URL:-https://booth.example}' },
    },
  },
  'call-failed': {
    title: 'A call that a command makes itself failed',
    means: 'Logging in, or reading a single record, got no answer or a refusal.',
    remedy: "See the API's words in the message; try again once its cause is mended.",
    example: {
      command: 'boothsync auth login ghl --code abc',
      says: 'granted nothing',
      with: {
        part: 'auth: { type: token, token: "${GHL_TOKEN:-pit}" }',
        by: 'baseUrl: http://127.0.0.1:9\n    auth: { type: oauth, clientId: a, clientSecret: "${SECRET:-x}" }',
      },
    },
  },
} as const satisfies Readonly<Record<string, ProblemPage>>;

import { piecesOf } from '../../config/variables.ts';

/** What people are told of a variable. */
const MEANS: Readonly<Record<string, string>> = {
  BOOTHBOOK_URL: 'the address of your account, such as https://yourname.boothbook.com',
  BOOTHBOOK_KEY: "BoothBook's API access; ask their support if your account shows none",
  BOOTHBOOK_SECRET: 'comes with the key',
  BOOTHBOOK_WEBHOOK_SECRET: 'what the webhooks are signed with',
  API_URL: 'the address that all paths of the config begin with, such as https://api.example.com/v1',
  API_TOKEN: "the API's token",
  GHL_LOCATION_ID: 'HighLevel: Settings, Business Profile',
  GHL_TOKEN: 'HighLevel: Settings, Private Integrations',
  GHL_CALENDAR_ID: "HighLevel: a calendar's id, or its name",
  GHL_URL: 'only to try it on `boothsync sandbox`',
  BOOTHSYNC_STORE: 'where the runner remembers what it did',
  BOOTHSYNC_PORT: 'what `boothsync serve` listens on',
  BOOTHSYNC_SERVER_TOKEN: 'what `boothsync serve` asks for, where it is to be reached from other machines',
};

const KEY = `
# What tokens of OAuth are sealed with in the store: 32 bytes in base64. Without it, the file boothsync.key is read.
# BOOTHSYNC_KEY=
`;

/** `.env.example`: each variable that a config names, in its order; those that have a default are commented out. */
export function envExample(config: string, scopes: readonly string[]): string {
  const variables = piecesOf(config.replaceAll(/^#.*$/gm, '')).filter((piece) => piece.type === 'variable');
  const byName = new Map(variables.map((piece) => [piece.name, piece]));
  const lines = [...byName.values()].map(({ name, fallback }) => {
    const needs = name === 'GHL_TOKEN' ? `, with the scopes ${scopes.join(' ')}` : '';
    const means = MEANS[name] === undefined ? '' : `# ${MEANS[name]}${needs}\n`;
    return `${means}${fallback === undefined ? `${name}=` : `# ${name}=${fallback}`}\n`;
  });
  return `# Copy this file to .env, and fill it in. What is set in the environment wins.\n\n${lines.join('')}${KEY}`;
}

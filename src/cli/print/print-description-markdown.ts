import type { Description } from '../../config/describe/description.ts';
import {
  connectionFacts,
  endpointRow,
  fieldRow,
  kindOf,
  sourceFacts,
  syncFacts,
  tagRows,
  type DueDates,
  type Fact,
} from '../description-words.ts';
import { inMarkdown } from '../in-markdown.ts';
import { printable } from './print-problems.ts';

/** A config as Markdown, for a wiki or a pull request; it begins with a diagram of what goes where. */
export function descriptionMarkdown(description: Description, due: DueDates): string {
  const { sources, syncs, connections, credentials } = description;
  const blocks = [
    '# What is synced',
    diagram(description),
    '## Sources',
    ...sources.flatMap((source) => [
      `### ${inMarkdown(source.source)}, of ${inMarkdown(source.connection)}`,
      factList(sourceFacts(source)),
      table(['call', 'endpoint'], source.endpoints.map(endpointRow)),
    ]),
    '## Syncs',
    ...syncs.flatMap((sync) => [
      `### ${inMarkdown(sync.sync)}: ${inMarkdown(sync.source)} → ${inMarkdown(sync.target)}`,
      factList(syncFacts(sync)),
      table(['field', 'is'], sync.fields.map(fieldRow)),
      table(['tag', 'given', 'taken away'], tagRows(sync.tags)),
      table(['call', 'endpoint'], sync.endpoints.map(endpointRow)),
    ]),
    '## Connections',
    ...connections.flatMap((connection) => [
      `### ${inMarkdown(connection.connection)} (${kindOf(connection)})`,
      factList(connectionFacts(connection, due)),
    ]),
    credentials.length === 0 ? '' : '### Others',
    factList(credentials.map(({ name, kept }) => [name, `kept in ${kept}`])),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** Names of a config are letters, digits, - and _: nothing that Mermaid would take for its own. */
function diagram({ connections, sources, syncs }: Description): string {
  const lines = [
    ...connections.map((each) => `  c_${each.connection}(["${each.connection} (${kindOf(each)})"])`),
    ...sources.flatMap(({ source, connection }) => [
      `  s_${source}["${source}"]`,
      `  c_${connection} --> s_${source}`,
    ]),
    ...syncs.flatMap(({ sync, source, target }) => [
      `  y_${sync}["${sync}: ${mermaid(target)}"]`,
      `  s_${source} --> y_${sync}`,
      `  y_${sync} --> c_${connectionOf(target)}`,
    ]),
    ...syncs.flatMap(({ sync, parent }) =>
      parent === null ? [] : [`  y_${sync} -. child of .-> y_${parent}`],
    ),
  ];
  return ['```mermaid', 'flowchart LR', ...lines, '```'].join('\n');
}

/** Of `ghl.contact`, or `call ghl.add-contact-to-workflow`. */
function connectionOf(target: string): string {
  return target.replace(/^call /, '').split('.')[0]!;
}

function mermaid(text: string): string {
  return printable(text).replaceAll('"', '#quot;');
}

function factList(facts: readonly Fact[]): string {
  return facts.map(([name, words]) => `- ${inMarkdown(name)}: ${inMarkdown(words)}`).join('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map((row) => line(row.map(inMarkdown)))].join(
    '\n',
  );
}

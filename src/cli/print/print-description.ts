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
import { renderTable } from './print-table.ts';

/** A config as text: what is read, what becomes of it, and by whose leave. */
export function descriptionText(description: Description, due: DueDates): string {
  const { sources, syncs, connections, credentials } = description;
  const blocks = [
    ...sources.map((source) => [
      `source ${source.source}, of ${source.connection}`,
      ...indented(facts(sourceFacts(source))),
      ...table(['call', 'endpoint'], source.endpoints.map(endpointRow)),
    ]),
    ...syncs.map((sync) => [
      `sync ${sync.sync}: ${sync.source} → ${sync.target}`,
      ...indented(facts(syncFacts(sync))),
      ...table(['field', 'is'], sync.fields.map(fieldRow)),
      ...table(['tag', 'given', 'taken away'], tagRows(sync.tags)),
      ...table(['call', 'endpoint'], sync.endpoints.map(endpointRow)),
    ]),
    ...connections.map((connection) => [
      `connection ${connection.connection} (${kindOf(connection)})`,
      ...indented(facts(connectionFacts(connection, due))),
    ]),
    ...(credentials.length === 0
      ? []
      : [['others', ...indented(facts(credentials.map(({ name, kept }) => [name, `kept in ${kept}`])))]]),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function facts(list: readonly Fact[]): readonly string[] {
  return list.length === 0 ? [] : renderTable(list[0]!, list.slice(1)).split('\n');
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', ...indented(renderTable(heads, rows).split('\n'))];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService } from 'yaml-language-server';
import type { Diagnostic, Position } from 'yaml-language-server';
import { readSchema } from '../../src/config/files/load.ts';

/** The engine behind YAML in editors, which knows our schema and nothing else. */
const service = getLanguageService({
  schemaRequestService: (uri) => Promise.reject(new Error(`${uri} was asked for`)),
  workspaceContext: { resolveRelativePath: (path) => path },
});
service.configure({
  validate: true,
  hover: true,
  completion: true,
  hoverSchemaSource: false,
  schemas: [{ uri: 'file:///sync.schema.json', fileMatch: ['*.yaml'], schema: readSchema() }],
});

/** It remembers what it has read by name. */
let opened = 0;

function open(text: string): TextDocument {
  opened += 1;
  return TextDocument.create(`file:///${opened}.yaml`, 'yaml', 1, text);
}

/** A text with `|` where the cursor stands. */
function openAt(marked: string): readonly [TextDocument, Position] {
  const offset = marked.indexOf('|');
  const document = open(marked.slice(0, offset) + marked.slice(offset + 1));
  return [document, document.positionAt(offset)];
}

/** What the editor offers at `|`; without the whole maps that it makes of required properties. */
export async function offersAt(marked: string): Promise<readonly string[]> {
  const [document, position] = openAt(marked);
  const { items } = await service.doComplete(document, position, false);
  return items.filter(({ insertText }) => insertText !== undefined).map(({ label }) => label);
}

/** What the editor says beside each of its offers. */
export async function wordsOfOffers(marked: string): Promise<Readonly<Record<string, string>>> {
  const [document, position] = openAt(marked);
  const { items } = await service.doComplete(document, position, false);
  return Object.fromEntries(
    items.map(({ label, documentation = '' }) => [
      label,
      typeof documentation === 'string' ? documentation : documentation.value,
    ]),
  );
}

/** What the editor shows for the word at `|`, as plain text. */
export async function hoverAt(marked: string): Promise<string> {
  const shown = await service.doHover(...openAt(marked));
  const contents = shown?.contents;
  if (contents === undefined || typeof contents === 'string' || !('value' in contents)) return '';
  return contents.value.replaceAll(/\\(.)/g, '$1');
}

/** What the editor underlines: the line, and what it says. */
export async function markedIn(text: string): Promise<readonly string[]> {
  const found: readonly Diagnostic[] = await service.doValidation(open(text), false);
  return found.map(({ range, message }) => `${range.start.line + 1}: ${markdownless(message)}`);
}

function markdownless(message: Diagnostic['message']): string {
  return typeof message === 'string' ? message : message.value;
}

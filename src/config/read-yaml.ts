import { parseDocument } from 'yaml';
import type { Problem } from '../model/problem.ts';
import { buildTree } from './build-tree.ts';
import { explainYaml } from './explain-yaml.ts';
import type { Node } from './tree.ts';

/** The parser's check of duplicates and deep nesting costs more than linear time: larger files are refused unread. */
export const MAX_BYTES = 1024 * 1024;
/** The parser spends up to 10 µs on each mark (measured: quotes 4, folded texts 8, anchors 11), so that this many take a second. */
const MAX_MARKS = 120_000;
const MAX_DEPTH = 64;

export interface Reading {
  /** Nothing where the text is no YAML at all. */
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** A file's text → its values with their places. Nothing is thrown, whatever the text. */
export function readYaml(file: string, text: string): Reading {
  const refused = refuse(file, text);
  if (refused) return { problems: [refused] };
  const document = parseDocument(text, {
    uniqueKeys: false, // quadratic; build-tree finds duplicates with a map
    prettyErrors: false,
  });
  const problems = explainYaml(file, text, document);
  if (document.errors.length > 0) return { problems };
  if (document.contents === null) {
    return {
      problems: [
        ...problems,
        problem(file, 'the file is empty', 'begin with "version: 1", or run boothsync init'),
      ],
    };
  }
  const tree = buildTree(file, document, text);
  return { ...tree, problems: [...problems, ...tree.problems] };
}

function refuse(file: string, text: string): Problem | undefined {
  const size = Buffer.byteLength(text);
  if (size > MAX_BYTES) return tooLarge(file, size);
  const zero = text.indexOf('\0');
  if (zero !== -1)
    return problem(
      file,
      'the file is not text: it holds a zero byte',
      'save it as UTF-8 text',
      zero,
      'file-unreadable',
    );
  if ((text.match(/["'&*,?![{|>\\]|: |- /g)?.length ?? 0) > MAX_MARKS) {
    return problem(
      file,
      'the file holds too many values',
      'keep data out of the config',
      0,
      'file-too-large',
    );
  }
  const deep = tooDeep(text);
  return deep === undefined
    ? undefined
    : problem(file, `values are nested deeper than ${MAX_DEPTH} levels`, 'flatten them', deep);
}

/** Told of a file by its size alone, whatever it holds. */
export function tooLarge(file: string, bytes: number): Problem {
  const message = `the file is larger than 1 MiB: ${(bytes / MAX_BYTES).toFixed(1)} MiB`;
  return problem(file, message, 'keep data out of the config', 0, 'file-too-large');
}

const DEEP_DASHES = new RegExp(`^[ ]*(?:[-?:] ){${MAX_DEPTH},}`, 'm');
const DEEP_INDENT = new RegExp(`^ {${16 * MAX_DEPTH},}\\S`, 'm');

/** Where brackets or dashes nest too deep. Quotes and comments are ignored: this only keeps the parser from drowning. */
function tooDeep(text: string): number | undefined {
  let flow = 0;
  for (const { 0: bracket, index } of text.matchAll(/[[\]{}]/g)) {
    if (bracket === '[' || bracket === '{') flow++;
    else if (flow > 0) flow--;
    if (flow > 8 * MAX_DEPTH) return index;
  }
  return (DEEP_DASHES.exec(text) ?? DEEP_INDENT.exec(text))?.index;
}

function problem(
  file: string,
  message: string,
  remedy: string,
  start = 0,
  code: Problem['code'] = 'yaml',
): Problem {
  return { code, severity: 'error', message, remedy, at: { file, start, end: start + 1 } };
}

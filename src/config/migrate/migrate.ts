import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, parseDocument, type Document, type YAMLMap } from 'yaml';
import type { Problem } from '../../model/problem.ts';
import { problemAt } from '../problem-at.ts';
import { readYaml } from '../read-yaml.ts';
import { keepFormat } from './keep-format.ts';
import { atTheirKeys, markKeyComments } from './key-comments.ts';

/** From one version of the language to the next. It changes documents in place, so that comments stay with what they are about. */
export interface Step {
  readonly from: number;
  /** The config itself. */
  config?(document: Document): void;
  /** Each sync, in whichever file it stands. */
  sync?(sync: YAMLMap): void;
}

/** A config's file; `main` is the one that says the version, the others hold syncs. */
export interface ConfigFile {
  readonly file: string;
  readonly text: string;
  readonly main: boolean;
}

export type Migration =
  | { readonly type: 'current'; readonly version: number }
  | {
      readonly type: 'migrated';
      readonly from: number;
      readonly to: number;
      /** Those that change. */
      readonly files: readonly { readonly file: string; readonly before: string; readonly after: string }[];
    }
  | { readonly type: 'wrong'; readonly problems: readonly Problem[] };

/** A config's files → the same in the language of version `current`. */
export function migrate(files: readonly ConfigFile[], steps: readonly Step[], current: number): Migration {
  const readings = files.map(({ file, text }) => readYaml(file, text));
  const broken = readings.flatMap(({ problems }) => problems).filter(({ severity }) => severity === 'error');
  if (broken.length > 0) return { type: 'wrong', problems: broken };
  const main = files.find((each) => each.main)!;
  const version = versionIn(main);
  if (typeof version !== 'number') return { type: 'wrong', problems: [version] };
  if (version === current) return { type: 'current', version };
  const way = wayFrom(version, steps, current, main);
  if ('code' in way) return { type: 'wrong', problems: [way] };
  const changed = files
    .map((each) => ({ file: each.file, before: each.text, after: migrated(each, way, current) }))
    .filter(({ before, after }) => before !== after);
  return { type: 'migrated', from: version, to: current, files: changed };
}

function versionIn({ file, text }: ConfigFile): number | Problem {
  const node = parseDocument(text, { uniqueKeys: false }).get('version', true);
  const remedy = 'write "version: 1", or the version that it was written for';
  if (!isScalar(node))
    return problemAt('missing-property', { file, start: 0, end: 1 }, '"version" is missing', remedy);
  const { value } = node;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  return problemAt('bad-value', spanOf(file, node), `version ${String(value)} is no version`, remedy);
}

function spanOf(file: string, { range }: { range?: readonly number[] | null }): Problem['at'] & object {
  return { file, start: range?.[0] ?? 0, end: range?.[1] ?? 1 };
}

function wayFrom(
  version: number,
  steps: readonly Step[],
  current: number,
  { file, text }: ConfigFile,
): readonly Step[] | Problem {
  const node = parseDocument(text, { uniqueKeys: false }).get('version', true);
  const at = isScalar(node) ? spanOf(file, node) : { file, start: 0, end: 1 };
  if (version > current) {
    const message = `version ${version} is newer than this boothsync, which speaks version ${current}`;
    return problemAt('bad-value', at, message, 'install a newer boothsync');
  }
  const way: Step[] = [];
  for (let next = version; next < current; next++) {
    const step = steps.find(({ from }) => from === next);
    const message = `nothing leads from version ${next} to version ${next + 1}`;
    if (!step)
      return problemAt('bad-value', at, message, `versions that can be migrated: ${knownOf(steps, current)}`);
    way.push(step);
  }
  return way;
}

function knownOf(steps: readonly Step[], current: number): string {
  return [...steps.map(({ from }) => from), current].join(', ');
}

function migrated({ text, main }: ConfigFile, way: readonly Step[], current: number): string {
  const unix = text.replaceAll('\r\n', '\n');
  const document = parseDocument(unix, { uniqueKeys: false });
  markKeyComments(document, unix);
  const before = written(document, unix);
  for (const step of way) {
    if (main) step.config?.(document);
    for (const sync of syncsOf(document, main)) step.sync?.(sync);
  }
  if (main) document.set('version', current);
  const after = written(document, unix);
  const kept = keepFormat(unix, before, after);
  // Where lines could not be told apart, right is better than pretty.
  const right = isDeepStrictEqual(parseDocument(kept, { uniqueKeys: false }).toJS(), document.toJS());
  const result = right ? kept : after;
  return text.includes('\r\n') ? result.replaceAll('\n', '\r\n') : result;
}

/** A file of syncs holds them by name, or under `syncs`. */
function syncsOf(document: Document, main: boolean): readonly YAMLMap[] {
  const below = document.get('syncs');
  const syncs = main || isMap(below) ? below : document.contents;
  return isMap(syncs) ? syncs.items.flatMap(({ value }) => (isMap(value) ? [value] : [])) : [];
}

/** With the indents of the text, so that its lines and those written here fit together. */
function written(document: Document, text: string): string {
  const printed = document.toString({
    lineWidth: 0,
    indent: Math.min(8, /^( +)[^\s#-]/m.exec(text)?.[1]?.length ?? 2),
    indentSeq: !/^( *)[^\s#-][^\n]*:\n\1- /m.test(text),
    flowCollectionPadding: !/[:,[]\s*\{\w/.test(text),
  });
  return atTheirKeys(printed);
}

import { readFileSync } from 'node:fs';
import { access, glob, readFile, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { ApiDocument } from '../../catalog/api-document.ts';
import { loadDocument } from '../../catalog/load.ts';
import type { LoadedDocument } from '../../catalog/load.ts';
import { messageOf } from '../../model/problem.ts';
import type { Problem } from '../../model/problem.ts';
import { documentFiles } from '../api/documents.ts';
import type { Documents } from '../api/documents.ts';
import type { Schema } from '../json-schema.ts';
import { joinSyncs, syncPatterns } from '../join-syncs.ts';
import type { SyncPattern } from '../join-syncs.ts';
import { readLock } from '../lock/read-lock.ts';
import type { LockReading } from '../lock/read-lock.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import { MAX_BYTES, readYaml, tooLarge } from '../read-yaml.ts';
import type { Reading } from '../reading.ts';
import { takenFromAnswer } from '../sample-answer.ts';
import { emptySample, parseSample, sampleFiles } from '../samples.ts';
import type { SampleFile, SampleRecord } from '../samples.ts';
import type { Node } from '../tree.ts';

export type TextReading = { readonly text: string } | { readonly problem: Problem };

export interface ReadOptions {
  /** The lock is not looked at: what it knows may be old. */
  readonly withoutLock?: boolean;
}

/** Reads a config with the files that its syncs are split into, its samples and its lock. */
export async function readConfig(path: string, options: ReadOptions = {}): Promise<Reading> {
  const file = resolve(path);
  const text = await readText(file);
  if ('problem' in text) return { problems: [text.problem], texts: new Map(), samples: new Map() };
  const { root, problems } = readYaml(file, text.text);
  const texts = new Map([[file, text.text]]);
  if (!root) return { problems, texts, samples: new Map() };
  const split = await readSplit(file, root, texts);
  if (!split.root) return { problems: [...problems, ...split.problems], texts, samples: new Map() };
  const beside = await readSamples(split.root, dirname(file));
  const apis = readDocuments(split.root, dirname(file));
  const locked = options.withoutLock ? { problems: [] } : await readLockOf(file, texts);
  return {
    root: split.root,
    problems: [...problems, ...split.problems, ...beside.problems, ...apis.problems, ...locked.problems],
    texts,
    samples: beside.samples,
    documents: apis.documents,
    ...(locked.lock ? { lock: locked.lock } : {}),
  };
}

/** `sync.lock.yaml` for `sync.config.yaml`: what `boothsync pull` writes beside it. */
export function lockFileOf(config: string): string {
  const name = basename(config).replace(/(?:\.config)?\.(?:ya?ml|json)$/i, '');
  return join(dirname(config), `${name}.lock.yaml`);
}

/** The lock beside a config. Nobody has to pull: without one nothing is known of the locations. */
export async function readLockOf(config: string, texts: Map<string, string>): Promise<LockReading> {
  return readLockFile(lockFileOf(config), texts);
}

/** A lock's file, whose text goes among the texts; nothing where it is not there. */
export async function readLockFile(file: string, texts: Map<string, string>): Promise<LockReading> {
  if (!(await isThere(file))) return { problems: [] };
  const text = await readText(file);
  if ('problem' in text) return { problems: [text.problem] };
  texts.set(file, text.text);
  return readLock(file, text.text);
}

/** A file's text, or why it can't be had. A pipe is only read where one is meant: it is waited for. */
export async function readText(file: string, pipes: 'refuse' | 'read' = 'refuse'): Promise<TextReading> {
  try {
    const size = await sizeOf(file, pipes);
    if (size > MAX_BYTES) return { problem: tooLarge(file, size) };
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)) };
  } catch (thrown) {
    const binary = thrown instanceof TypeError;
    const message = binary ? 'the file is not text in UTF-8' : `the file can't be read: ${reasonOf(thrown)}`;
    const remedy = binary ? 'save it as UTF-8' : remedyOf(thrown);
    return { problem: problemAt('file-unreadable', { file, start: 0, end: 1 }, message, remedy) };
  }
}

/** In bytes. Throws for what is no file: a pipe would be waited for, and a device may never end. */
async function sizeOf(file: string, pipes: 'refuse' | 'read' = 'refuse'): Promise<number> {
  const found = await stat(file);
  if (found.isFIFO() && pipes === 'read') return found.size;
  if (!found.isFile() && !found.isDirectory()) throw new Error('it is a pipe or a device');
  return found.size;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'it is not there',
  EISDIR: 'it is a folder',
  ENOTDIR: 'what its path calls a folder is a file',
  ENAMETOOLONG: 'its name is too long',
  EACCES: 'permission denied',
  ELOOP: 'its symbolic links lead in a circle',
};

function remedyOf(thrown: unknown): string {
  const isFolder = reasonOf(thrown) === REASONS['EISDIR'];
  return isFolder ? 'name a file in it, or a glob' : 'check the path, or run boothsync init';
}

/** Why a file can't be read, in words. */
export function reasonOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  return REASONS[code] ?? messageOf(thrown);
}

/** The files that match a path or a glob, in alphabetical order. */
export async function matching(pattern: string, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const each of glob(pattern, { cwd: folder }))
    found.push(isAbsolute(each) ? each : join(folder, each));
  return found.sort();
}

/** The file of this path, or else those that it matches as a glob which the shell left alone. */
export async function filesNamed(pattern: string, folder: string): Promise<readonly string[]> {
  return (await isThere(resolve(folder, pattern))) ? [pattern] : matching(pattern, folder);
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

type Split = { readonly root?: Node; readonly problems: readonly Problem[] };

/** A file of syncs that is not there, or no YAML, ends the reading: what it would have held is unknown. */
async function readSplit(main: string, root: Node, texts: Map<string, string>): Promise<Split> {
  const patterns = syncPatterns(root);
  if (patterns.length === 0) return { root, problems: [] };
  const files = new Set<string>();
  const problems: Problem[] = [];
  for (const each of patterns) {
    const found = await matching(each.pattern, dirname(main));
    const useful = found.filter((file) => file !== main && !/\.test\.ya?ml$/.test(file));
    if (useful.length === 0) problems.push(nothingThere(each));
    for (const file of useful) files.add(file);
  }
  if (problems.length > 0) return { problems };
  const roots: Node[] = [];
  for (const file of files) {
    const text = await readText(file);
    if ('problem' in text) return { problems: [...problems, text.problem] };
    texts.set(file, text.text);
    const reading = readYaml(file, text.text);
    if (!reading.root && text.text.replaceAll(/#.*/g, '').trim() === '')
      return { problems: [...problems, emptyPart(file)] };
    problems.push(...reading.problems);
    if (!reading.root) return { problems };
    roots.push(reading.root);
  }
  const joined = joinSyncs(root, roots);
  return { root: joined.root, problems: [...problems, ...joined.problems] };
}

function emptyPart(file: string): Problem {
  const remedy = 'write syncs by name, as under "syncs:", or remove the file';
  return problemAt('yaml', { file, start: 0, end: 1 }, 'the file is empty', remedy);
}

function nothingThere({ pattern, node }: SyncPattern): Problem {
  const isGlob = /[*?[{]/.test(pattern);
  const message = isGlob ? `no file matches "${pattern}"` : `the file "${pattern}" is not there`;
  return problemAt('file-unreadable', node.at, message, 'correct the path: it is relative to the config');
}

/** Each file is read once, however many connections name it. */
function readDocuments(
  root: Node,
  folder: string,
): { readonly documents: Documents; readonly problems: readonly Problem[] } {
  const byFile = new Map<string, LoadedDocument>();
  const problems: Problem[] = [];
  const documents = new Map<string, ApiDocument>();
  for (const { connection, path, node } of documentFiles(root)) {
    const file = resolve(folder, path);
    const loaded = byFile.get(file) ?? loadDocument(file, connection);
    byFile.set(file, loaded);
    if (loaded.kind === 'document') documents.set(connection, loaded.document);
    problems.push(...documentProblems(path, node, loaded));
  }
  return { documents, problems };
}

function documentProblems(path: string, { at }: Node, loaded: LoadedDocument): readonly Problem[] {
  const words = (sentences: readonly string[]) =>
    `${sentences.slice(0, 3).join(' ')}${sentences.length > 3 ? ' …' : ''}`;
  if (loaded.kind === 'problems') {
    const message = `the document "${path}" can't be used: ${words(loaded.problems)}`;
    const remedy = 'give it the path, relative to the config, of an OpenAPI 3 document in YAML or JSON';
    return [problemAt('api-document', at, message, remedy)];
  }
  const { gaps } = loaded.document;
  if (gaps.length === 0) return [];
  const message = `the document "${path}" is known in part only: ${words(gaps)}`;
  const remedy = 'bundle it into one file, or leave it: what is missing there is not checked';
  return [warningAt('api-document', at, message, remedy)];
}

async function readSamples(
  root: Node,
  folder: string,
): Promise<{ samples: Reading['samples']; problems: readonly Problem[] }> {
  const problems: Problem[] = [];
  const samples = new Map<string, readonly SampleRecord[]>();
  for (const sample of sampleFiles(root)) {
    const reading = await readSample(sample, folder);
    if ('problem' in reading) {
      problems.push(reading.problem);
      continue;
    }
    const records = await takenFromAnswer(root, sample.source, reading.records);
    if (records.length === 0) problems.push(emptySample(sample));
    else samples.set(sample.source, records);
  }
  return { samples, problems };
}

/** In bytes: more than a page of any API's answer. */
const MAX_SAMPLE_BYTES = 16 * 1024 * 1024;

async function readSample(sample: SampleFile, folder: string): Promise<ReturnType<typeof parseSample>> {
  try {
    const file = resolve(folder, sample.path);
    const size = await sizeOf(file);
    if (size > MAX_SAMPLE_BYTES)
      throw new Error(`it has ${size} bytes, and ${MAX_SAMPLE_BYTES} are allowed: some records are enough`);
    return parseSample(sample, await readFile(file, 'utf8'));
  } catch (thrown) {
    const message = `the sample "${sample.path}" can't be read: ${reasonOf(thrown)}`;
    const remedy = 'correct the path, which is relative to the config, or take the line out';
    return { problem: problemAt('file-unreadable', sample.node.at, message, remedy) };
  }
}

/** The config's own. Both `src/config/files` and `dist/config/files` lie three levels under the package's root, where `schemas/` is. */
export function readSchema(): Schema {
  const file = new URL('../../../schemas/sync.schema.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Schema;
}

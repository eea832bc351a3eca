import type { Lock } from '../model/lock.ts';
import type { Problem } from '../model/problem.ts';
import type { Documents } from './api/documents.ts';
import { readYaml } from './read-yaml.ts';
import type { Samples } from './samples.ts';
import type { Texts } from './texts.ts';
import type { Node } from './tree.ts';

/** What was read of a config, beside its tree. */
export interface Files {
  readonly texts: Texts;
  readonly samples: Samples;
  /** What was pulled of the locations; nothing where there is no lock, or none that can be read. */
  readonly lock?: Lock;
  /** The OpenAPI documents that connections name. */
  readonly documents?: Documents;
}

/** A config as it stands in its files: one tree of all of them, and what lies beside. */
export interface Reading extends Files {
  /** Nothing where a file is no YAML at all. */
  readonly root?: Node;
  readonly problems: readonly Problem[];
}

/** A config that is one text, with nothing beside it. */
export function readingOf(file: string, text: string): Reading {
  return { ...readYaml(file, text), texts: new Map([[file, text]]), samples: new Map() };
}

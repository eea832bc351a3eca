/** What docs/errors.md and SARIF say of a problem's code. */
export interface ProblemPage {
  /** One line: what is wrong. */
  readonly title: string;
  /** What it means, and what would happen otherwise. */
  readonly means: string;
  /** What to do. */
  readonly remedy: string;
  readonly example: Edited | Command;
}

/** A part of the page's config, and what gives the problem in its place. */
export interface Edited {
  readonly part: string;
  readonly by: string;
  /** `sync.lock.yaml` beside the config. */
  readonly lock?: string;
}

/** Comes only where something runs: a command, what it says, and what of the config has to be different. */
export interface Command {
  readonly command: string;
  readonly says: string;
  readonly with?: Edited;
}

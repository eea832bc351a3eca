import { execFile } from 'node:child_process';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { messageOf, type Problem } from '../model/problem.ts';

const run = promisify(execFile);

export interface FilesAt {
  /** The config as it was then, with the files beside and below it. */
  readonly config: string;
  remove(): Promise<void>;
}

/** A config's folder as a git ref has it, in a folder of its own. A `usage` problem where git has no such thing. */
export async function filesAt(config: string, ref: string): Promise<FilesAt | { readonly problem: Problem }> {
  const path = resolve(config);
  const scratch = await mkdtemp(join(tmpdir(), 'boothsync-'));
  const remove = () => rm(scratch, { recursive: true, force: true });
  // An index of its own: that of the person who works here stays as it is.
  const git = async (...args: string[]) => {
    const env = { ...process.env, GIT_INDEX_FILE: join(scratch, 'index') };
    return (await run('git', args, { cwd: dirname(path), env })).stdout.trim();
  };
  try {
    // Whatever a ref is called, it is no option.
    const commit = await git('rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`);
    const folder = relative(await git('rev-parse', '--show-toplevel'), await realpath(dirname(path)));
    await git('read-tree', folder === '' ? commit : `${commit}:${folder.replaceAll('\\', '/')}`);
    const files = join(scratch, 'files');
    // The index is of the config's folder alone: from here all of it is below the top.
    const top = await git('rev-parse', '--show-toplevel');
    await run('git', ['checkout-index', '--all', '--force', `--prefix=${files}/`], {
      cwd: top,
      env: { ...process.env, GIT_INDEX_FILE: join(scratch, 'index') },
    });
    return { config: join(files, basename(path)), remove };
  } catch (error) {
    await remove();
    const words = messageOf(error)
      .split('\n')
      .filter((line) => /^(fatal|error)/.test(line));
    const message = `git can't show ${config} at ${ref}: ${words.join('; ') || messageOf(error)}`;
    const remedy = 'name a commit, branch or tag of the repository that the config is in';
    return { problem: { code: 'usage', severity: 'error', message, remedy } };
  }
}

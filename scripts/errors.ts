// Makes docs/errors.md from src/config/problem-pages: every code with what it means, an example and what validate says
// of it, as it says it now. `--check` writes nothing and exits 1 when the page on disk differs.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { renderProblems } from '../src/cli/print/print-problems.ts';
import { validateFile } from '../src/config/validate.ts';
import { EXAMPLE_CONFIG, EXAMPLE_SAMPLE } from './errors-example.ts';
import { OF_EXPRESSIONS } from '../src/config/problem-pages/of-expressions.ts';
import { OF_FILES } from '../src/config/problem-pages/of-files.ts';
import { OF_REFERENCES } from '../src/config/problem-pages/of-references.ts';
import { OF_RUNS } from '../src/config/problem-pages/of-runs.ts';
import type { Edited, ProblemPage } from '../src/config/problem-pages/page.ts';
import type { Problem } from '../src/model/problem.ts';

const page = new URL('../docs/errors.md', import.meta.url);
const FILE = 'sync.config.yaml';

const GROUPS: readonly (readonly [title: string, pages: Readonly<Record<string, ProblemPage>>])[] = [
  ['The file and its shape', OF_FILES],
  ['Names, and the whole of it', OF_REFERENCES],
  ['Expressions and texts', OF_EXPRESSIONS],
  ['While it runs', OF_RUNS],
];

/** The page as it should be. */
export async function errorsPage(): Promise<string> {
  const groups = await Promise.all(
    GROUPS.map(async ([title, pages]) => {
      const sections = await Promise.all(Object.entries(pages).map(([code, each]) => section(code, each)));
      return `## ${title}\n\n${sections.join('\n')}`;
    }),
  );
  const list = GROUPS.map(([title, pages]) => {
    const codes = Object.keys(pages).map((code) => `[${code}](#${code})`);
    return `- ${title}: ${codes.join(', ')}`;
  });
  const text = `<!-- Made by scripts/errors.ts from src/config/problem-pages: change those, then run it again. -->

# Problems

Everything that boothsync complains about has a code, which stays the same while words may change: \`--json\`, \`--format
github\` and \`--format sarif\` name it. Warnings don't stop anything; with \`--strict\` they are errors.

${list.join('\n')}

The examples are edits of this config, which is right:

\`\`\`yaml
${EXAMPLE_CONFIG}\`\`\`

${groups.join('\n')}`;
  return format(text, { parser: 'markdown', ...(await resolveConfig(fileURLToPath(page))) });
}

async function section(code: string, { title, means, remedy, example }: ProblemPage): Promise<string> {
  return `### ${code}

**${title}.** ${means}

${remedy}

${'command' in example ? commandBlock(example) : await editBlock(example)}
`;
}

function commandBlock({
  command,
  says,
  with: edit,
}: Extract<ProblemPage['example'], { command: string }>): string {
  const config = edit ? `${fence('text', edit.by)}\n\n` : '';
  return `${config}${fence('', `$ ${command}\n… ${says} …`)}`;
}

async function editBlock(example: Edited): Promise<string> {
  const { problems, sources, folder } = await problemsOf(example);
  const shown = renderProblems(problems, named(sources, folder), { cwd: folder, color: false });
  const words = shown.length > 1000 ? shown.slice(0, shown.indexOf('\n')) : shown;
  const by = example.by.length > 1000 ? '# … more than 1 MiB …' : example.by;
  return `${by.trim() === '' ? `Without this line:\n\n${fence('text', example.part)}` : fence('text', by)}\n\n${fence('', words)}`;
}

function fence(language: string, text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  if (language === '') return `\`\`\`\n${lines.join('\n')}\n\`\`\``;
  const indents = lines.slice(lines.length > 1 ? 1 : 0).filter((line) => line.trim() !== '');
  const by = Math.min(...indents.map((line) => /^ */.exec(line)![0].length));
  const own = /^ */.exec(lines[0]!)![0].length;
  const first = lines[0]!.slice(Math.min(by, own));
  return `\`\`\`${language}\n${[first, ...lines.slice(1).map((line) => line.slice(by))].join('\n')}\n\`\`\``;
}

/** What validate says of the config with an edit. */
export async function problemsOf({ part, by, lock }: Edited): Promise<{
  readonly problems: readonly Problem[];
  readonly sources: ReadonlyMap<string, string>;
  readonly folder: string;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'boothsync-errors-'));
  try {
    writeFileSync(
      join(folder, FILE),
      EXAMPLE_CONFIG.replace(part, () => by),
    );
    writeFileSync(join(folder, 'bookings.json'), EXAMPLE_SAMPLE);
    if (lock !== undefined) writeFileSync(join(folder, 'sync.lock.yaml'), lock);
    const { problems, sources } = await validateFile(join(folder, FILE));
    return { problems, sources, folder };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function named(sources: ReadonlyMap<string, string>, folder: string): ReadonlyMap<string, string> {
  return new Map([...sources].filter(([file]) => file.startsWith(folder)));
}

export async function isFresh(): Promise<boolean> {
  return readFileSync(page, 'utf8') === (await errorsPage());
}

if (import.meta.main) {
  const check = process.argv.includes('--check');
  if (!check) writeFileSync(page, await errorsPage());
  else if (!(await isFresh())) {
    process.stderr.write('docs/errors.md is not what scripts/errors.ts makes: run node scripts/errors.ts\n');
    process.exitCode = 1;
  }
}

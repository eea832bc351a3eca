import { globSync, readFileSync } from 'node:fs';

export interface Block {
  readonly file: string;
  readonly line: number;
  /** What stands behind the opening fence, such as `yaml` or `yaml fragment`. */
  readonly kind: string;
  readonly text: string;
}

/** What a newcomer reads. */
export const documents: readonly string[] = ['README.md', 'CHANGELOG.md', ...globSync('docs/**/*.md').sort()];

/** Every fenced block of a document. */
export function blocksOf(file: string): readonly Block[] {
  const whole = readFileSync(file, 'utf8');
  return [...whole.matchAll(/^```(\S[^\n]*)\n([^]*?)^```$/gm)].map(
    ({ 1: kind = '', 2: text = '', index }) => ({
      file,
      line: whole.slice(0, index).split('\n').length,
      kind,
      text,
    }),
  );
}

/** A heading's anchor, as GitHub makes it. */
export function anchorsOf(text: string): readonly string[] {
  const prose = text.replaceAll(/^```[^]*?^```$/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(({ 1: heading = '' }) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

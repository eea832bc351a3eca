import type { ScalarNode } from './tree.ts';

/**
 * For each character of a scalar's value, its offset in the file, and one more for the end. Walks value and
 * source together, so that an error inside an expression points at the character that the author typed,
 * whatever the scalar's style.
 */
export function scalarOffsets(text: string, node: ScalarNode): readonly number[] {
  const value = typeof node.value === 'string' ? node.value : node.source;
  const { start, end } = node.at;
  if (node.style === 'literal' || node.style === 'folded') return blockOffsets(text, start, end, value);
  return flowOffsets(text, node.style, start, end, value);
}

function flowOffsets(text: string, style: string, start: number, end: number, value: string): number[] {
  const quoted = style !== 'plain';
  const last = quoted ? end - 1 : end;
  const offsets: number[] = [];
  let at = quoted ? start + 1 : start;
  while (offsets.length < value.length) {
    const next = at >= last ? undefined : nextFlowPiece(text, style, at, last);
    if (next === undefined) break;
    for (let i = 0; i < next.yields && offsets.length < value.length; i++) offsets.push(at);
    at = next.end;
  }
  while (offsets.length <= value.length) offsets.push(last);
  return offsets;
}

interface Piece {
  /** How many characters of the value it stands for. */
  readonly yields: number;
  readonly end: number;
}

function nextFlowPiece(text: string, style: string, at: number, last: number): Piece {
  const fold = /^[ \t]*(?:\r?\n[ \t]*)+/.exec(text.slice(at, last));
  if (fold) {
    const breaks = fold[0].split('\n').length - 1;
    return { yields: breaks === 1 ? 1 : breaks - 1, end: at + fold[0].length };
  }
  if (style === 'single' && text.startsWith("''", at)) return { yields: 1, end: at + 2 };
  if (style === 'double' && text[at] === '\\') return escapePiece(text, at);
  return { yields: 1, end: at + 1 };
}

function escapePiece(text: string, at: number): Piece {
  const wrapped = /^\\\r?\n[ \t]*/.exec(text.slice(at));
  if (wrapped) return { yields: 0, end: at + wrapped[0].length };
  const digits = { x: 2, u: 4, U: 8 }[text[at + 1] ?? ''] ?? 0;
  const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
  return { yields: digits === 8 && code > 0xff_ff ? 2 : 1, end: at + 2 + digits };
}

function blockOffsets(text: string, start: number, end: number, value: string): number[] {
  const offsets: number[] = [];
  for (const line of blockLines(text, start, end)) {
    const content = line.content;
    // Leading breaks of a folded text stand before the first line's own characters.
    if (content !== '' && !value.startsWith(content, offsets.length)) continue;
    for (let i = 0; i < content.length; i++) offsets.push(line.start + i);
    const atEnd = line.start + content.length;
    const next = value[offsets.length];
    if (next === '\n' || (content !== '' && next === ' ')) offsets.push(atEnd);
  }
  while (offsets.length <= value.length) offsets.push(end);
  return offsets.slice(0, value.length + 1);
}

/** The lines below a block scalar's header, without their indentation. */
function blockLines(text: string, start: number, end: number): readonly { start: number; content: string }[] {
  const headerEnd = text.indexOf('\n', start) + 1;
  if (headerEnd === 0) return [];
  const lines: { start: number; raw: string }[] = [];
  let at = headerEnd;
  for (const raw of text.slice(headerEnd, end).split('\n')) {
    lines.push({ start: at, raw: raw.replace(/\r$/, '') });
    at += raw.length + 1;
  }
  const indent = blockIndent(
    text,
    start,
    lines.map((line) => line.raw),
  );
  return lines.map((line) => ({
    start: line.start + Math.min(indent, line.raw.length),
    content: line.raw.slice(indent),
  }));
}

function blockIndent(text: string, start: number, lines: readonly string[]): number {
  const first = lines.find((line) => line.trim() !== '');
  // A tab is no indentation: it is the first character of the text.
  const actual = /^ */.exec(first ?? '')![0].length;
  const told = /^[|>][+-]?([1-9])/.exec(text.slice(start, start + 4));
  if (!told) return actual;
  // An indicator counts from the parent's indentation, which the file doesn't say: the line that holds the header does.
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const parent = /^ *(?:- +)*/.exec(text.slice(lineStart))?.[0].length ?? 0;
  return Math.min(actual, parent + Number(told[1]));
}

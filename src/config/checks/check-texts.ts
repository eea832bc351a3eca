import { inspectExpression } from '../../expression/inspect.ts';
import { ANY } from '../../expression/types/static-type.ts';
import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import type { Inspected } from '../inspections.ts';
import { varsOf } from '../language-of.ts';
import { warningAt } from '../problem-at.ts';
import type { Texts } from '../texts.ts';
import { literalsUnder } from '../literals-under.ts';
import { child, entriesOf } from '../tree.ts';
import type { Node } from '../tree.ts';

/** Texts that were hardly meant as the words that they are: the name of a field, an expression, `${field}`. */
export function checkTexts(root: Node, inspected: readonly Inspected[], texts: Texts): readonly Problem[] {
  const vars = new Set(Object.keys(varsOf(root)));
  return [
    ...fieldsAsValues(root, inspected, texts),
    ...inspected.flatMap((each) => {
      const text = String(each.place.node.value);
      if (each.place.is === 'expression') return quotedField(each, texts);
      return (
        unfilledField(each, text, vars, texts) ?? bareField(each, text, texts) ?? joined(each, text, texts)
      );
    }),
  ];
}

/** `{ value: first_name }`, where a record has a field of that name. One word may be meant as such: `website`. */
function fieldsAsValues(root: Node, inspected: readonly Inspected[], texts: Texts): readonly Problem[] {
  const knownBy = new Map(inspected.map(({ place, known }) => [place.path.slice(0, 2).join(' '), known]));
  return entriesOf(child(root, 'syncs')).flatMap(({ name: sync, value }) =>
    ['fields', 'with'].flatMap((block) =>
      literalsUnder(child(value, block)).flatMap(({ name, node }) => {
        const text = String(node.value);
        if (!SEVERAL_WORDS.test(text) || !knownBy.get(`syncs ${sync}`)?.has(text)) return [];
        const at = spanInside(texts, node, 0, text.length);
        const message = `this is the word "${text}" itself, not the field`;
        return [warningAt('text', at, message, `write ${name}: ${text} for the field`)];
      }),
    ),
  );
}

/** `${first_name}` asks the environment for what the record holds; `$first_name` is these very words. */
function unfilledField(
  { place, known }: Inspected,
  text: string,
  vars: ReadonlySet<string>,
  texts: Texts,
): Problem[] | undefined {
  if (!text.includes('$')) return undefined;
  const outside = text.replaceAll(/\{\{.*?\}\}/gs, (hole) => ' '.repeat(hole.length));
  const found = [...outside.matchAll(/(?<!\$)\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*)(?!\())/g)].filter(
    ([, asked = '', bare = '']) => known?.has(asked || bare) && !vars.has(asked),
  );
  if (found.length === 0) return undefined;
  return found.map((match) => {
    const name = match[1] ?? match[2]!;
    const what = match[1] === undefined ? 'is literal text' : 'asks the environment';
    const message = `${match[0]} ${what}, and ${name} is a field of the record`;
    const at = spanInside(texts, place.node, match.index, match[0].length);
    return warningAt('text', at, message, `write {{ ${name} }}`);
  });
}

/** `first_name`, `firstName`. */
const SEVERAL_WORDS = /^[a-z]+(?:_[a-z]|[A-Z])\w*$/;

/** `title: '"event_name"'` is the word, not the field. One word may be meant as such. */
function quotedField({ place, inspection, known }: Inspected, texts: Texts): Problem[] {
  const source = String(place.node.value);
  const word = /^\s*(["'])(\w+)\1\s*$/.exec(source)?.[2];
  const isField = place.path.includes('fields') || place.path.includes('with');
  if (word === undefined || !isField || inspection.findings.length > 0) return [];
  if (!SEVERAL_WORDS.test(word) || !known?.has(word)) return [];
  const at = spanInside(texts, place.node, 0, source.length);
  return [
    warningAt(
      'text',
      at,
      `this is the word "${word}" itself, not the field`,
      `write ${word}, without the quotes`,
    ),
  ];
}

/** A word that may be a tag as well as the name of a field is left alone: `paid`. */
function bareField({ place, known }: Inspected, text: string, texts: Texts): Problem[] | undefined {
  const [first = ''] = text.split('.', 1);
  const isName = place.is === 'tag' ? SEVERAL_WORDS.test(first) : /^[A-Za-z_]\w*$/.test(first);
  const isPath = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(text);
  if (!(isPath || (isName && first === text)) || !known?.has(first)) return undefined;
  const at = spanInside(texts, place.node, 0, text.length);
  return [
    warningAt(
      'text',
      at,
      `this is the word "${text}" itself, not the field`,
      `write "{{ ${text} }}" for the field`,
    ),
  ];
}

/** `"event:" & event_type` where a text is wanted. */
function joined({ place }: Inspected, text: string, texts: Texts): Problem[] {
  if (!text.includes('&')) return [];
  const mixed = /(["'])(?:(?!\1).)*\1\s*&\s*\{\{|\}\}\s*&\s*(["'])(?:(?!\2).)*\2/s.exec(text);
  if (mixed) {
    const at = spanInside(texts, place.node, mixed.index, mixed[0].length);
    const message = 'this is a text: its quotes and & outside of the hole are written as they stand';
    return [warningAt('text', at, message, 'leave them out: Hello {{ name }}')];
  }
  const isJoined = /(["'])(?:(?!\1).)*\1\s*&\s*[\w$`("']|[\w$)`\]]\s*&\s*["']/.test(text);
  if (!isJoined || text.includes('{{') || !compiles(text)) return [];
  const at = spanInside(texts, place.node, 0, text.length);
  const message = 'this is a text, and nothing in it is worked out';
  return [warningAt('text', at, message, `put an expression in a hole: {{ ${text} }}`)];
}

function compiles(source: string): boolean {
  try {
    inspectExpression(source, { record: ANY, variables: new Map() });
    return true;
  } catch {
    return false;
  }
}

import { inspectText } from '../../expression/inspect.ts';
import { isFunctionName } from '../../expression/language.ts';
import { ANY, typeOf } from '../../expression/types/static-type.ts';
import type { StaticType } from '../../expression/types/static-type.ts';
import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { varsOf } from '../language-of.ts';
import { literalsUnder } from '../literals-under.ts';
import { didYouMean, nearest } from '../nearest.ts';
import { placesOf } from '../places.ts';
import type { Place } from '../places.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import type { Samples } from '../samples.ts';
import { httpTargetOf } from '../target-of.ts';
import type { Texts } from '../texts.ts';
import { child, entriesOf } from '../tree.ts';
import type { Node, ScalarNode } from '../tree.ts';

/** Texts whose holes are missing, stand where nothing fills them, or name what no sync maps. */
export function checkHoles(root: Node, samples: Samples, texts: Texts): readonly Problem[] {
  const places = placesOf(root);
  const constants = Object.keys(varsOf(root));
  return [
    ...places.flatMap((place) => (place.is === 'expression' ? [] : withoutHoles(place, constants, texts))),
    ...entriesOf(child(root, 'syncs')).flatMap(({ value }) =>
      ['fields', 'with'].flatMap((block) =>
        literalsUnder(child(value, block)).flatMap(({ node }) => verbatim(node, texts)),
      ),
    ),
    ...places.flatMap((place) => unmapped(root, place, texts)),
    ...places.flatMap((place) => misspeltInFetch(place, samples, texts)),
  ];
}

/** A webhook's thin record may hold what the whole one lacks; what is nearly a name of it was meant as that name. */
function misspeltInFetch({ path, node, is }: Place, samples: Samples, texts: Texts): readonly Problem[] {
  const [block, source = '', part] = path;
  const sample =
    block === 'sources' && part === 'fetch' && is !== 'expression' ? samples.get(String(source)) : undefined;
  const names = new Set(sample?.flatMap((record) => Object.keys(record)));
  if (names.size === 0) return [];
  return findingsOf(String(node.value), recordOf(names)).flatMap(({ name, offset, length }) => {
    const near = nearest(name, names);
    if (near === undefined) return [];
    const at = spanInside(texts, node, offset, length);
    const problem = problemAt(
      'unknown-name',
      at,
      `no record of the sample has "${name}"`,
      `did you mean "${near}"?`,
    );
    return [{ ...problem, severity: 'warning' as const }];
  });
}

function recordOf(names: Iterable<string>): StaticType {
  return { ...typeOf('object'), fields: new Map([...names].map((name) => [name, ANY] as const)) };
}

/** `{name}`, which other languages fill in. */
const SINGLE_HOLE = /(?<![{$])\{\s*([A-Za-z_][\w.]*)\s*\}(?!\})/;

/** `%name%`, as mail merges write it. */
const PERCENT_HOLE = /%([A-Za-z_][\w.]*)%/;

/** `start: $date($from)` sends these very words. */
function withoutHoles(
  { node, path, variables }: Place,
  constants: readonly string[],
  texts: Texts,
): readonly Problem[] {
  const text = String(node.value);
  const call = text.includes('{{') ? undefined : callIn(text);
  const foreign =
    foreignHole(text) ??
    (call ? undefined : bareVariable(text, variables)) ??
    variableInBraces(
      text,
      variables?.filter((name) => !constants.includes(name)),
    );
  if (foreign) {
    const at = spanInside(texts, node, foreign.offset, foreign.length);
    return [warningAt('text', at, foreign.message, foreign.remedy)];
  }
  const takesIds = path[0] === 'connections' && !['query', 'form', 'multipart'].includes(String(path[5]));
  const single = takesIds || path.includes('json') ? null : SINGLE_HOLE.exec(text);
  if (single) {
    const message = `${single[0]} is literal text`;
    const at = spanInside(texts, node, single.index, single[0].length);
    return [warningAt('text', at, message, `write {{ ${single[1]!} }} to fill it in`)];
  }
  const percent = path[0] === 'syncs' ? PERCENT_HOLE.exec(text) : null;
  if (percent) {
    const at = spanInside(texts, node, percent.index, percent[0].length);
    return [
      warningAt('text', at, `${percent[0]} is literal text`, `write {{ ${percent[1]!} }} to fill it in`),
    ];
  }
  if (!call) return [];
  const message = `this is a text, and ${call.text} in it is not called`;
  const remedy = `write {{ ${call.offset === 0 ? text : `${call.text}(…)`} }}`;
  return [warningAt('text', spanInside(texts, node, call.offset, call.text.length), message, remedy)];
}

interface Odd {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
  readonly remedy: string;
}

/** `{% if x %}` of Liquid, and a `}}` whose beginning was forgotten. */
function foreignHole(text: string): Odd | undefined {
  const tag = /\{%.*?%\}/s.exec(text);
  if (tag) {
    const remedy = 'write a choice in a hole: {{ x ? "one" : "other" }}';
    return { offset: tag.index, length: tag[0].length, message: `${tag[0]} is literal text`, remedy };
  }
  const close = text.includes('{') ? null : /\w\s*(\}\})/.exec(text);
  if (!close) return undefined;
  const offset = close.index + close[0].length - 2;
  return {
    offset,
    length: 2,
    message: 'this `}}` has no beginning',
    remedy: 'write `{{` where the hole begins',
  };
}

/** `updated_since: $since` sends these very words. */
function bareVariable(text: string, variables: Place['variables']): Odd | undefined {
  if (text.includes('{{')) return undefined;
  const names = ['vars', ...(variables ?? [])];
  const found = [...text.matchAll(/(?<!\$)\$([A-Za-z_]\w*)((?:\.\w+)*)(?!\()/g)].find(
    ([, name = '', more]) => names.includes(name) && (name !== 'vars' || more !== ''),
  );
  if (!found) return undefined;
  const message = `this is a text, and ${found[0]} in it is not filled in`;
  return { offset: found.index, length: found[0].length, message, remedy: `write {{ ${found[0]} }}` };
}

/** `${since}`, in the way of a shell: it would ask the environment. */
function variableInBraces(text: string, variables: Place['variables']): Odd | undefined {
  const found = [...text.matchAll(/(?<!\$)\$\{([A-Za-z_]\w*)\}/g)].find(([, name = '']) =>
    variables?.includes(name),
  );
  if (!found) return undefined;
  const message = `${found[0]} asks the environment, and $${found[1]!} is a variable here`;
  const remedy = `write {{ $${found[1]!} }}`;
  return { offset: found.index, length: found[0].length, message, remedy };
}

/** The name of a function that is there, where it is called. */
function callIn(text: string): { readonly text: string; readonly offset: number } | undefined {
  for (const match of text.matchAll(/\$([a-z]\w*)\(/gi))
    if (isFunctionName(match[1]!)) return { text: `$${match[1]!}`, offset: match.index };
  return undefined;
}

function verbatim(node: ScalarNode, texts: Texts): readonly Problem[] {
  const text = String(node.value);
  const hole = /\{\{.*?\}\}/.exec(text);
  if (hole) {
    const message = `"value" is taken as it stands: ${hole[0]} is not filled in`;
    return [
      warningAt(
        'text',
        spanInside(texts, node, hole.index, hole[0].length),
        message,
        `write { text: ${JSON.stringify(text)} }`,
      ),
    ];
  }
  const call = callIn(text);
  if (!call) return [];
  const message = `"value" is taken as it stands: ${call.text} in it is not called`;
  return [
    warningAt(
      'text',
      spanInside(texts, node, call.offset, call.text.length),
      message,
      `write { expr: '${text}' }`,
    ),
  ];
}

/** A request of a resource sees the mapped fields: a name that no sync maps is never there. */
function unmapped(root: Node, { path, node, is }: Place, texts: Texts): readonly Problem[] {
  if (path[0] !== 'connections') return [];
  const [, connection = '', part, resource = ''] = path.map(String);
  const inRequest = ['path', 'query', 'headers', 'form', 'multipart', 'json'].includes(String(path[5]));
  if (part !== 'resources' || is === 'expression' || !inRequest) return [];
  const writers = entriesOf(child(root, 'syncs')).filter(({ value }) => {
    const target = httpTargetOf(root, value);
    return target?.connection === connection && target.name === resource;
  });
  const names = new Set(
    writers.flatMap(({ value }) => entriesOf(child(value, 'fields')).map(({ name }) => name)),
  );
  if (names.size === 0) return [];
  const record = recordOf(names);
  const word = wordForField(path, node, names, texts);
  if (word) return [word];
  return findingsOf(String(node.value), record).map(({ name, offset, length }) => {
    const at = spanInside(texts, node, offset, length);
    const isId = name === 'id' && path[5] === 'path';
    const remedy = isId
      ? `the id of the ${resource} is {id}, in one pair of braces`
      : didYouMean(name, names, 'map it under "fields:"');
    const problem = problemAt(
      'unknown-name',
      at,
      `no sync maps a field "${name}" of ${connection}.${resource}`,
      remedy,
    );
    return { ...problem, severity: 'warning' };
  });
}

/** `query: { email: email }` sends the word. */
function wordForField(
  path: Place['path'],
  node: ScalarNode,
  names: ReadonlySet<string>,
  texts: Texts,
): Problem | undefined {
  const text = String(node.value);
  if (text !== String(path.at(-1)) || !names.has(text)) return undefined;
  const message = `this is the word "${text}" itself, not the field`;
  return warningAt(
    'text',
    spanInside(texts, node, 0, text.length),
    message,
    `write "{{ ${text} }}" for the field`,
  );
}

function findingsOf(
  source: string,
  record: Parameters<typeof inspectText>[1]['record'],
): readonly { readonly name: string; readonly offset: number; readonly length: number }[] {
  try {
    const { findings } = inspectText(source, { record, variables: new Map() });
    return findings.flatMap((each) => (each.type === 'unknown-name' ? [each] : []));
  } catch {
    return []; // told where expressions are checked
  }
}

import type { ErrorObject } from 'ajv';
import type { Problem, ProblemCode, Span } from '../model/problem.ts';
import { countryMeant } from './country-code.ts';
import type { Schema } from './json-schema.ts';
import { didYouMean, nearest } from './nearest.ts';
import { problemAt } from './problem-at.ts';
import { placeName, typesOf } from './shape.ts';
import type { Shape } from './shape.ts';
import { child, entriesOf, itemsOf, looseStrings, nameSpan } from './tree.ts';
import type { Node, Path } from './tree.ts';
import { meantBy } from './value-meant.ts';
import { foreignVariable } from './variables.ts';

/** Keywords that say nothing of their own: their parts do. */
const ECHOES = new Set(['if', 'additionalProperties', 'propertyNames', 'required']);

/** A value of the wrong type or form → one problem, in the words of the schema's `x-expects`. */
export function explainValue(shape: Shape): Problem | undefined {
  const errors = shape.errors.filter(
    ({ keyword, propertyName }) => !ECHOES.has(keyword) && propertyName === undefined,
  );
  const node = child(shape.root, ...shape.path);
  if (isListedSync(shape.path, node) && !isFirstListed(shape)) return undefined;
  const error = errors.find((each) => schemaOf(each)['x-expects'] !== undefined) ?? errors[0];
  if (!error || !node) return undefined;
  if (error.keyword === 'discriminator') return wrongType(shape, node);
  if (node.kind === 'scalar' && (node.value === null || node.value === '')) return emptyValue(shape, node);
  const schema = schemaOf(error);
  const expects = schema['x-expects'] ?? error.message ?? 'something else';
  const name = String(shape.path.findLast((part) => !/^\d+$/.test(String(part))) ?? 'the file');
  const message = isListedSync(shape.path, node)
    ? 'syncs are a list here, and each has a name of its own'
    : `${name} takes ${expects}, not ${seen(node)}`;
  const remedy = remedyInPlace(shape, node) ?? remedyOf(schema, node);
  return problemAt(codeOf(errors, node), whereOf(shape, node), message, remedy);
}

/** What is most likely meant by a value of the wrong kind, where the place tells. */
function remedyInPlace({ root, path }: Shape, node: Node): string | undefined {
  const [block] = path;
  if (block === 'country' && node.kind === 'scalar') {
    const meant = countryMeant(String(node.value));
    return meant === undefined ? undefined : `did you mean "${meant}"?`;
  }
  if (node.kind === 'scalar' && typeof node.value === 'boolean' && path.at(-1) === 'when')
    return node.value
      ? 'take the line out: without it the condition always holds'
      : `to switch it off, ${path.includes('tags') ? 'remove the rule' : 'write enabled: false in its place'}`;
  if (isListedSync(path, node))
    return 'give each its name in the place of the hyphen, as in syncs: { contacts: { from: …, to: … } }';
  const variable = node.kind === 'scalar' ? foreignVariable(String(node.value)) : undefined;
  if (variable !== undefined) return `write \${${variable}} to fill it in`;
  const ofKey =
    path.at(-1) === 'key' && ['sources', 'syncs'].includes(String(block)) ? keyRemedy(node) : undefined;
  if (ofKey !== undefined) return ofKey;
  const ofSync = block === 'syncs' ? remedyInSync(root, path, node) : undefined;
  if (ofSync !== undefined) return ofSync;
  // `email:email` is one word to YAML.
  const glued =
    node.kind === 'scalar' && node.style === 'plain'
      ? /^([A-Za-z_]\w*):((?!\/\/)\S.*)$/.exec(node.source)
      : null;
  return glued ? `put a blank after the colon: "${glued[1]!}: ${glued[2]!}"` : undefined;
}

/** The same for what stands in a sync. */
function remedyInSync(root: Node, path: Path, node: Node): string | undefined {
  const [, , name] = path;
  const isOwn = path.length === 3;
  if (isOwn && (name === 'to' || name === 'call')) return targetRemedy(root, node);
  if (path.at(-1) === 'when') return conditionRemedy(node);
  if (isOwn && (name === 'onDelete' || name === 'onLeave')) return departureRemedy(node);
  if (node.kind !== 'list') return undefined;
  if (isOwn && name === 'from')
    return 'a sync reads one source: write a sync for each, with from: and the name of one';
  const isField = (name === 'fields' || name === 'with') && path.at(-1) !== 'customFields';
  return isField ? 'write the list as { value: [ … ] }, or an expression in single quotes' : undefined;
}

/** `crm:contact`, `crm/contact`, `contact`, `{ connection: crm, resource: contact }`. */
function targetRemedy(root: Node, node: Node): string | undefined {
  const connections = entriesOf(child(root, 'connections')).map(({ name }) => name);
  const text = node.kind === 'scalar' ? String(node.value) : looseStrings(node).join(' ');
  if (node.kind === 'list' && looseStrings(node).length > 1)
    return 'a sync writes one resource: write a sync for each';
  const words = text.split(/[^\w-]+/).filter((word) => word !== '');
  const connection = words.find((word) => connections.includes(word)) ?? connections.at(-1);
  const [name, ...more] = words.filter((word) => word !== connection);
  return connection === undefined || name === undefined || more.length > 0
    ? undefined
    : `write ${connection}.${name}`;
}

/** `onDelete: tag`, `onDelete: gone`: a tag stands in a map. */
function departureRemedy(node: Node): string | undefined {
  const text = node.kind === 'scalar' ? String(node.value) : '';
  if (text === '' || nearest(text, ['ignore', 'delete']) !== undefined) return undefined;
  return `write ignore or delete, or for a tag { tag: ${/^tags?$/.test(text) ? '…' : text} }`;
}

/** `key: [email, phone]`: one text made of several. */
function keyRemedy(node: Node): string | undefined {
  const parts = node.kind === 'list' ? node.items.flatMap(looseStrings) : [];
  if (parts.length === 0 || parts.length > 4) return undefined;
  return parts.length === 1
    ? `write it without the brackets: ${parts[0]!}`
    : `join them to one text: '${parts.join(' & "-" & ')}'`;
}

/** `when: [a, b]`, `when: { status: Confirmed }`. */
function conditionRemedy(node: Node): string | undefined {
  if (node.kind === 'list') return 'join the conditions with "and", in one line';
  const [first, ...more] = entriesOf(node);
  if (first === undefined) return undefined;
  const text = first.value.kind === 'scalar' ? JSON.stringify(first.value.value) : '…';
  return `write '${first.name} = ${text}${more.length > 0 ? ' and …' : ''}'`;
}

/** `syncs: [{ name: contacts, … }]`: told of the first. */
function isListedSync([block, second, ...more]: Path, node: Node | undefined): boolean {
  const isItem = block === 'syncs' && more.length === 0 && /^\d+$/.test(String(second));
  return isItem && node?.kind === 'map';
}

function isFirstListed({ root, path }: Shape): boolean {
  return itemsOf(child(root, 'syncs')).findIndex(({ kind }) => kind === 'map') === Number(path[1]);
}

function schemaOf(error: ErrorObject): Schema {
  return (error.parentSchema ?? {}) as Schema;
}

function wrongType(shape: Shape, node: Node): Problem {
  const type = child(node, 'type');
  const written = type?.kind === 'scalar' ? String(type.value) : '';
  const message = `unknown type "${written}" of ${placeName(shape.path)}`;
  const isChat = shape.path.at(-1) === 'notify' && /^(?:slack|teams|discord|mattermost)$/i.test(written);
  const remedy = isChat
    ? `write { type: webhook, url: …${/slack/i.test(written) ? ', format: slack' : ''} }`
    : didYouMean(written, typesOf(shape), 'choose another');
  return problemAt('bad-value', type?.at ?? node.at, message, remedy);
}

function emptyValue(shape: Shape, node: Node): Problem {
  const isField = shape.path.includes('fields') && shape.path[0] === 'syncs';
  const remedy = isField
    ? 'write an expression, or { value: null } to clear the field'
    : 'give it a value, or remove the line';
  return problemAt('wrong-type', node.at, `${placeName(shape.path)} is empty`, remedy);
}

/** A value of the right type that is none of those allowed is bad; anything else is of the wrong type. */
function codeOf(errors: readonly ErrorObject[], node: Node): ProblemCode {
  if (node.kind !== 'scalar')
    return errors.every(({ keyword }) => keyword.startsWith('min')) ? 'bad-value' : 'wrong-type';
  const outOfRange = errors.some(({ keyword }) => ['minimum', 'maximum', 'enum', 'const'].includes(keyword));
  const misformed = errors.every(({ keyword }) => keyword === 'pattern');
  const isText = typeof node.value === 'string';
  const sized = errors.some(({ keyword, schema }) => keyword === 'pattern' && String(schema).includes('\\d'));
  if (isText ? outOfRange || misformed || sized : outOfRange && !enumOnly(errors)) return 'bad-value';
  return 'wrong-type';
}

/** True where text was wanted, of a few; a number is then of the wrong type. */
function enumOnly(errors: readonly ErrorObject[]): boolean {
  const choices = errors.find(({ keyword }) => keyword === 'enum')?.schema as readonly unknown[] | undefined;
  return choices?.every((choice) => typeof choice === 'string') ?? false;
}

function whereOf(shape: Shape, node: Node): Span {
  return shape.path.length === 0 ? nameSpan(shape.root, []) : node.at;
}

function remedyOf(schema: Schema, node: Node): string {
  const value = node.kind === 'scalar' ? node.value : undefined;
  if (schema['x-choices'] && typeof value === 'string')
    return didYouMean(value, schema['x-choices'], 'choose another');
  const meant = meantBy(schema['x-expects'] ?? '', node, value);
  if (meant !== undefined) return meant;
  const examples = (schema.examples ?? []).filter((each) => typeof each === 'string');
  return examples.length > 0
    ? `write for example ${examples.join(' or ')}`
    : `write ${schema['x-expects'] ?? 'something else'}`;
}

/** A value as a message shows it. */
export function seen(node: Node): string {
  if (node.kind === 'list') return node.items.length === 0 ? 'an empty list' : 'a list';
  if (node.kind === 'map') return 'a map';
  const text = JSON.stringify(node.value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

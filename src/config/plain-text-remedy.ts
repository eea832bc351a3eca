import type { Place } from './places.ts';

/** Words, numbers, addresses and dates as people write them, without a sign that an expression was meant. */
const PLAIN = /^[\p{L}\p{N}+#][\p{L}\p{N}\s.,:;/@+_!%-]*$/u;
/** What no name of a field is like: a capital, a digit, or a sign in front, an address, a sentence. */
const HARDLY_NAMES = /^[\p{Lu}\p{N}+#]|[@!%]|:\/\/|[.,;:](?:\s|$)/u;

/** What to write for a text that stands bare where an expression does; nothing where it looks like an expression. */
export function plainTextRemedy({ is, node, path }: Place): string | undefined {
  const source = String(node.value).trim();
  if (is !== 'expression') return undefined;
  const placeholder = /^%([A-Za-z_]\w*)%?$/.exec(source)?.[1];
  if (placeholder !== undefined)
    return `a field of the record is its name alone: ${placeholder}; a constant is $vars.${placeholder}`;
  const isField = path.includes('fields') || path.includes('with');
  const text = source.replaceAll(/(?<=\p{L})['’](?=\p{L})/gu, '');
  if (!isField || !PLAIN.test(text) || source.length > 200) return undefined;
  // A path, or an expression that ends as lines of a program do.
  if (/^[\w.]+$/.test(source) || source.endsWith(';')) return undefined;
  const [listed = '', ...others] = source.split(/\s*,\s*/);
  // Names as fields have them, and no word of a sentence.
  if (others.length > 0 && [listed, ...others].every((name) => /^[a-z][\w.]*$/.test(name)))
    return `to join fields write ${[listed, ...others].join(' & ", " & ')}; for the text itself write { value: ${JSON.stringify(source)} }`;
  const asText = `for the text itself write { value: ${JSON.stringify(source)} }`;
  if (/^\p{L}[\p{L}\p{N}_]*(?: [\p{L}\p{N}_]+){1,2}$/u.test(source) && HARDLY_NAMES.test(source))
    return `${asText}; for a field of that name '\`${source}\`'`;
  if (HARDLY_NAMES.test(source)) return asText;
  const words = source.split(/\s+/);
  const joined = words.every((word) => /^[\w.]+$/.test(word)) && words.length < 4;
  return joined ? `to join fields write ${words.join(' & " " & ')}; ${asText}` : asText;
}

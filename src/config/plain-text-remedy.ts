import type { Place } from './places.ts';

/** Words, numbers, addresses and dates as people write them, without a sign that an expression was meant. */
const PLAIN = /^[\p{L}\p{N}+#][\p{L}\p{N}\s.,:;/@+_!%-]*$/u;
/** What no name of a field is like: a capital, a digit, or a sign in front, an address, a sentence. */
const HARDLY_NAMES = /^[\p{Lu}\p{N}+#]|[@!%]|:\/\/|[.,;:](?:\s|$)/u;

/** What to write for a text that stands bare where an expression does; nothing where it looks like an expression. */
export function plainTextRemedy({ is, node, path }: Place): string | undefined {
  const source = String(node.value).trim();
  if (is !== 'expression') return undefined;
  return (
    placeholderRemedy(source) ??
    (path.includes('fields') || path.includes('with') ? fieldRemedy(source) : undefined)
  );
}

/** `%name%`, as mail merges fill in a field. */
function placeholderRemedy(source: string): string | undefined {
  const placeholder = /^%([A-Za-z_]\w*)%?$/.exec(source)?.[1];
  return placeholder === undefined
    ? undefined
    : `a field of the record is its name alone: ${placeholder}; a constant is $vars.${placeholder}`;
}

function fieldRemedy(source: string): string | undefined {
  const template = templateRemedy(source);
  if (template !== undefined) return template;
  const text = source.replaceAll(/(?<=\p{L})['’](?=\p{L})/gu, '');
  if (!PLAIN.test(text) || source.length > 200) return undefined;
  // A path, or an expression that ends as lines of a program do.
  if (/^[\w.]+$/.test(source) || source.endsWith(';')) return undefined;
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(source))
    return `write a number without commas: ${source.replaceAll(',', '')}`;
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

const BRACES = /\{\s*([A-Za-z_][\w.]*)\s*\}/g;

/** `{last_name}, {first_name}`, as other languages fill names into text. */
function templateRemedy(source: string): string | undefined {
  const rest = source.replaceAll(BRACES, '');
  if (rest === source || rest.trim() === '' || !/^[\p{L}\p{N}\s.,:;/@+_!%()-]*$/u.test(rest))
    return undefined;
  return `names in a text: { text: ${JSON.stringify(source.replaceAll(BRACES, '{{ $1 }}'))} }`;
}

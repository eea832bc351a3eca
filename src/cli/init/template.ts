const MARK = /#\[(\w+)\]/;

/**
 * A template → what is left of it with these parts. `#[name]` in a line marks a part: without it the line goes, and all
 * that is indented below it. A template is a whole YAML file itself, so that tests and editors can check it.
 */
export function fromTemplate(template: string, parts: ReadonlySet<string>): string {
  const kept: string[] = [];
  let goneBelow: number | undefined;
  for (const line of template.trimEnd().split('\n')) {
    const indent = line.search(/\S/);
    if (goneBelow !== undefined && (indent === -1 || indent > goneBelow)) continue;
    goneBelow = undefined;
    const part = MARK.exec(line)?.[1];
    if (part === undefined) kept.push(line);
    else if (parts.has(part)) kept.push(line.replace(MARK, '#').replace(/ *#$/, ''));
    else if (!line.startsWith('#')) goneBelow = indent;
  }
  return `${kept.join('\n')}\n`;
}

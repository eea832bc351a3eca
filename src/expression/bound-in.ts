/** Names that the expression itself binds, somewhere. */
export function boundIn(source: string): readonly string[] {
  const assigned = [...source.matchAll(/\$(\w+)\s*:=/g)].map((match) => match[1]!);
  const parameters = [...source.matchAll(/(?:function|λ)\s*\(([^)]*)\)/g)].flatMap((match) =>
    match[1]!.split(',').map((each) => each.trim().replace(/^\$/, '')),
  );
  return [...new Set([...assigned, ...parameters])].filter((name) => name !== '');
}

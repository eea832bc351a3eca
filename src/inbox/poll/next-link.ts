/** The address of `rel="next"` in a Link header. */
export function nextLink(header: string | undefined): string | undefined {
  const match = header?.split(/,\s*(?=<)/).find((part) => /;\s*rel="?next"?/i.test(part));
  return match === undefined ? undefined : /<([^>]*)>/.exec(match)?.[1];
}

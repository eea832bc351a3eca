/** What is wrong with a source, with the characters of the source that are to blame. */
export interface Mistake {
  readonly message: string;
  readonly remedy: string;
  readonly offset: number;
  readonly length: number;
}

export function mistake(
  place: { readonly offset: number; readonly length: number },
  message: string,
  remedy: string,
): Mistake {
  return { message, remedy, offset: place.offset, length: place.length };
}

/** The place from the start of one token to the end of another, or of the same. */
export function from(
  first: { readonly start: number; readonly end: number },
  last = first,
): { readonly offset: number; readonly length: number } {
  return { offset: first.start, length: last.end - first.start };
}

/** Whether a text can be the value of a header: no line ends in it, and no character that needs more than a byte (Fetch, 2.2.2). */
export function isHeaderText(text: string): boolean {
  return /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(text);
}

import { printable } from './print/print-problems.ts';

/** What comes from a record, a config or an API is no markup. */
export function inMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>#|]/g, '\\$&');
}

import { RE2JS } from 're2js';
import { ExpressionError } from '../../model/expression.ts';

/** A regular expression that runs in time linear to the text: native ones can take minutes, and no timeout stops them. */
export interface Pattern {
  readonly source: string;
  readonly compiled: RE2JS;
}

/** The part of `RegExp` that JSONata uses: it sets `lastIndex`, calls `exec` and reads `lastIndex` again. */
interface Engine {
  lastIndex: number;
  exec(text: unknown): (Array<string | undefined> & { index: number }) | null;
}

/** Throws re2js's error for what a linear engine can't do: lookaround, back-references, counts over 1,000. */
export function compilePattern(regex: RegExp): Pattern {
  return { source: regex.source, compiled: RE2JS.compile(RE2JS.translateRegExp(regex)) };
}

/** JSONata's `RegexEngine`: called with `new` and the value of a regex node, which `compilePattern` has made. */
export function regexEngine({ compiled }: Pattern): Engine {
  return {
    lastIndex: 0,
    exec(text) {
      // an object with a regular expression as its `then` looks like a promise: without this it never settles
      if (typeof text !== 'string')
        throw new ExpressionError('a regular expression is applied to what is no text');
      const matcher = compiled.matcher(text);
      if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
        this.lastIndex = 0;
        return null;
      }
      this.lastIndex = matcher.end();
      const groups = Array.from(
        { length: matcher.groupCount() + 1 },
        (_, group) => matcher.group(group) ?? undefined,
      );
      return Object.assign(groups, { index: matcher.start() });
    },
  };
}

import type { CommanderError } from 'commander';
import type { Problem } from '../model/problem.ts';

/** Asked of the words themselves, as the options were never read. */
export function wantsJson(words: readonly string[]): boolean {
  return words.some(
    (word, at) =>
      word === '--json' || word === '--format=json' || (word === '--format' && words[at + 1] === 'json'),
  );
}

/** Wrong usage as a problem like any other. `command` is the word that was called. */
export function usageProblem({ code, message }: CommanderError, command: string): Problem {
  const [words = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const isNone = code === 'commander.help';
  const meant = suggestion?.replace(/^\(Did you mean (.*)\?\)$/, 'did you mean $1?');
  const help =
    /^[a-z]/.test(command) && code !== 'commander.unknownCommand' ? `boothsync ${command}` : 'boothsync';
  return {
    code: 'usage',
    severity: 'error',
    message: isNone ? 'no command is named' : words,
    remedy: meant ?? `${help} --help lists what there is`,
  };
}

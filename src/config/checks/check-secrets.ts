import type { Problem } from '../../model/problem.ts';
import { spanInside } from '../fill-variables.ts';
import { problemAt, warningAt } from '../problem-at.ts';
import { looksRandom, tokenIn } from '../secret-shape.ts';
import type { Texts } from '../texts.ts';
import { textsWithin } from '../texts-within.ts';
import type { Node, Path } from '../tree.ts';

/** Shorter ones are `x`, `none` and `test`: what an API wants to stand there, and no secret that protects anything. */
const MIN_LENGTH = 5;
const SECRET_NAME = /key$|secret|token|passw|credential|authorization|bearer/i;
const CREDENTIALS = ['token', 'password', 'clientSecret', 'secret', 'secrets', 'value'];

/** Secrets that stand in the file, which lives in git, instead of `${NAME}`. */
export function checkSecrets(root: Node, texts: Texts): readonly Problem[] {
  return [...inValues(root, texts), ...[...texts].flatMap(([file, text]) => inComments(file, text))];
}

/** Of a line that is a comment: one at the end of a line may be a part of a value. */
const COMMENT = /^[ \t]*#.*$/gm;

function inComments(file: string, text: string): readonly Problem[] {
  return [...text.matchAll(COMMENT)].flatMap((comment) => {
    const token = tokenIn(comment[0]);
    if (!token) return [];
    const start = comment.index + token.offset;
    const message = 'this comment holds a secret, and the file is in git';
    const remedy = 'take it out, and replace the secret, as it was seen';
    const problem = problemAt('secret', { file, start, end: start + token.length }, message, remedy);
    return [{ ...problem, severity: 'warning' as const }];
  });
}

function inValues(root: Node, texts: Texts): readonly Problem[] {
  // Expressions among them: a token in one is as public.
  return textsWithin(root).flatMap(({ node, path }) => {
    const text = String(node.value);
    const token = tokenIn(text);
    if (token) return [secret(spanInside(texts, node, token.offset, token.length), path)];
    if (text.includes('${') || text.includes('{{')) return [];
    return (isCredential(path) && text.length >= MIN_LENGTH) || looksRandom(text)
      ? [secret(node.at, path)]
      : [];
  });
}

function secret(at: Problem['at'] & object, path: Path): Problem {
  const name = path.findLast((part) => typeof part === 'string') ?? '';
  const variable = variableFor(path);
  const message = `${name} holds a secret, and this file is in git`;
  const remedy = `write "\${${variable}}", put the value into .env or the environment, and replace the secret, as it was seen`;
  return warningAt('secret', at, message, remedy);
}

/** `GHL_TOKEN` for `connections.ghl.auth.token`. */
function variableFor(path: Path): string {
  const words = [
    path[0] === 'connections' ? path[1] : path[0],
    path.findLast((part) => typeof part === 'string'),
  ];
  return [...new Set(words)]
    .map((word) =>
      String(word)
        .replaceAll(/[^A-Za-z0-9]+/g, '_')
        .toUpperCase(),
    )
    .join('_');
}

function isCredential(path: Path): boolean {
  const [block, , part] = path;
  const name = String(path.findLast((each) => typeof each === 'string'));
  if (block === 'server') return name === 'token';
  if (block === 'connections' && part === 'auth')
    return name !== 'type' && (path.includes('fields') ? SECRET_NAME.test(name) : CREDENTIALS.includes(name));
  if (block === 'connections' && part === 'webhook')
    return path.includes('verify') && CREDENTIALS.includes(name);
  const sent = ['headers', 'query', 'form'].includes(String(path.at(-2)));
  return sent && SECRET_NAME.test(name);
}

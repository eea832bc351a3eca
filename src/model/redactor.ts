import { secretForms } from './secret-forms.ts';

/** Takes secrets out of texts. It learns more as it goes: tokens come while the runner runs. */
export interface Redactor {
  redact(text: string): string;
  learn(secret: string): void;
}

/** Shorter ones would mask half of every text. */
const MIN_LENGTH = 6;
/** Of what is learnt on the way the oldest is forgotten: a runner of years sees many tokens, and those are long dead. */
const MOST_LEARNT = 200;

export function createRedactor(secrets: readonly string[]): Redactor {
  const given = secrets.filter((secret) => secret.length >= MIN_LENGTH);
  const learnt = new Set<string>();
  let pattern: RegExp | undefined;

  return {
    learn: (secret) => {
      if (secret.length < MIN_LENGTH || learnt.has(secret)) return;
      learnt.add(secret);
      const [oldest] = learnt;
      if (learnt.size > MOST_LEARNT && oldest !== undefined) learnt.delete(oldest);
      pattern = undefined;
    },
    redact: (text) => {
      pattern ??= patternOf([...given, ...learnt]);
      return text.replace(pattern, '***');
    },
  };
}

/** One expression for all of them: a replacement for each took twenty times as long. A longer one may hold a shorter one. */
function patternOf(secrets: readonly string[]): RegExp {
  const forms = [...new Set(secrets.flatMap(secretForms))].sort((a, b) => b.length - a.length);
  const none = '(?!)';
  return new RegExp(forms.map(literal).join('|') || none, 'g');
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Far more than is kept of a text is cleaned before it is cut, as its secrets shrink. */
const LOOK_AHEAD = 100;

/** The first characters of a text without its secrets. Cut first, half of one could stand at the end, which nothing knows. */
export function redactedHead({ redact }: Pick<Redactor, 'redact'>, text: string, most: number): string {
  return redact(text.slice(0, most * LOOK_AHEAD)).slice(0, most);
}

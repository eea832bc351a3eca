/** Takes secrets out of texts. It learns more as it goes: tokens come while the runner runs. */
export interface Redactor {
  redact(text: string): string;
  learn(secret: string): void;
}

/** Shorter ones would mask half of every text. */
const MIN_LENGTH = 6;

export function createRedactor(secrets: readonly string[]): Redactor {
  const known = new Set<string>();
  let longestFirst: readonly string[] = [];

  function learn(secret: string): void {
    if (secret.length < MIN_LENGTH || known.has(secret)) return;
    // As it stands, in an address, in a form, and inside of JSON.
    const inForm = new URLSearchParams([['', secret]]).toString().slice(1);
    for (const form of [secret, encodeURIComponent(secret), inForm, JSON.stringify(secret).slice(1, -1)])
      known.add(form);
    // A longer one may hold a shorter one.
    longestFirst = [...known].sort((a, b) => b.length - a.length);
  }

  secrets.forEach(learn);
  return {
    learn,
    redact: (text) => longestFirst.reduce((sofar, secret) => sofar.replaceAll(secret, '***'), text),
  };
}

/** Far more than is kept of a text is cleaned before it is cut, as its secrets shrink. */
const LOOK_AHEAD = 100;

/** The first characters of a text without its secrets. Cut first, half of one could stand at the end, which nothing knows. */
export function redactedHead({ redact }: Pick<Redactor, 'redact'>, text: string, most: number): string {
  return redact(text.slice(0, most * LOOK_AHEAD)).slice(0, most);
}

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
    // As it stands, in an address or a form, and inside of JSON.
    known.add(secret).add(encodeURIComponent(secret)).add(JSON.stringify(secret).slice(1, -1));
    // A longer one may hold a shorter one.
    longestFirst = [...known].sort((a, b) => b.length - a.length);
  }

  secrets.forEach(learn);
  return {
    learn,
    redact: (text) => longestFirst.reduce((sofar, secret) => sofar.replaceAll(secret, '***'), text),
  };
}

/** Pieces shorter than this would be found in what is no secret. */
const MIN_PIECE = 8;

/** How a secret may be written where an API repeats it: as it stands, in an address, a form, JSON, HTML or base64. */
export function secretForms(secret: string): readonly string[] {
  const text = secret.toWellFormed();
  const json = JSON.stringify(secret).slice(1, -1);
  const escaped = [encodeURIComponent(text), new URLSearchParams({ _: text }).toString().slice(2)];
  return [
    secret,
    json,
    // JSON in JSON, as in a log of what an API said.
    JSON.stringify(json).slice(1, -1),
    secret.replace(/[&<>"]/g, (letter) => HTML[letter] ?? letter),
    ...escaped,
    ...escaped.map((form) => form.replace(/%[\dA-F]{2}/g, (hex) => hex.toLowerCase())),
    ...base64Forms(text),
  ];
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** By itself and inside of a longer text: what stands around it decides only the first and the last letters. */
function base64Forms(text: string): readonly string[] {
  return [0, 1, 2]
    .map((before) => {
      const bytes = Buffer.from('_'.repeat(before) + text, 'utf8');
      const whole = Math.floor((bytes.length * 8) / 6);
      return bytes.toString('base64').slice(Math.ceil((before * 8) / 6), whole);
    })
    .filter((form) => form.length >= MIN_PIECE)
    .flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]);
}

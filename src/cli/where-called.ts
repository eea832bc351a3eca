import { dirname, relative } from 'node:path';

/**
 * The folder that a person stood in. npm runs a script in the folder of its package, so that `npm run boothsync` in a folder
 * below a checkout would find the checkout's config, and act on it; npm tells where it was called in `INIT_CWD`.
 * Programs that are started from a script inherit that variable, too: it counts only where npm has just moved.
 */
export function whereCalled(cwd: string, env: Readonly<Record<string, string | undefined>>): string {
  const { npm_package_json: manifest, npm_package_name: name, npm_lifecycle_event: script } = env;
  const called = env['INIT_CWD'];
  const ours = name === 'boothsync' && (script === 'boothsync' || script === 'start');
  if (!ours || !called || !manifest) return cwd;
  return relative(dirname(manifest), cwd) === '' ? called : cwd;
}

import { relative } from 'node:path';

/**
 * The folder that a pull request counts paths from: the checkout, where GitHub says which it is and the command runs in it;
 * else where the command runs.
 */
export function checkoutOf(cwd: string, env: Readonly<Record<string, string | undefined>>): string {
  const checkout = env['GITHUB_WORKSPACE'];
  return checkout && !relative(checkout, cwd).startsWith('..') ? checkout : cwd;
}

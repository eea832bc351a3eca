/** Waits until something holds, asking again and again; fails after `mostMs`: long, as machines may be slow and busy. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  what = 'the condition',
  mostMs = 60_000,
): Promise<void> {
  const giveUpAt = performance.now() + mostMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) throw new Error(`${what} did not come about within ${mostMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

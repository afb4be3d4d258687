/**
 * Seconds of one step, measured on ever more of them.
 * @param patience seconds that the measurement may take, about
 */
export async function secondsOf(patience: number, take: (steps: number) => Promise<void>): Promise<number> {
  await take(1); // kernels are compiled
  for (let steps = 4; ; steps *= 4) {
    await take(steps);
    const began = performance.now();
    await take(steps);
    const spent = (performance.now() - began) / 1000;
    if (spent > patience / 10 || steps >= 65_536) return spent / steps;
  }
}

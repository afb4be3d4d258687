import type { Locator } from 'playwright-core';

/** Waits until a condition holds, asking now and then. */
export async function until(condition: () => Promise<boolean>, milliseconds = 15_000): Promise<void> {
  if (!(await holdsWithin(milliseconds, condition))) throw new Error(`nothing came of waiting for: ${condition}`);
}

/** Whether a condition comes to hold within some time. */
export async function holdsWithin(milliseconds: number, condition: () => Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** Whether something appears within so many milliseconds. */
export const appears = (locator: Locator, timeout: number) =>
  locator.waitFor({ timeout }).then(
    () => true,
    () => false,
  );

/** Waits until a condition holds, asking now and then. */
export async function until(condition: () => Promise<boolean>, milliseconds = 15_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`nothing came of waiting for: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

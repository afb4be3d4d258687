/** Runs an action from which no error may escape into VS Code; an error is logged, and the fallback given instead. */
export function guarded<T>(action: () => T, fallback: T): T {
  try {
    return action();
  } catch (error) {
    report(error);
    return fallback;
  }
}

/** Like {@link guarded}, for actions that take their time. */
export async function guardedAsync<T>(action: () => Promise<T>, fallback: T): Promise<T> {
  try {
    return await action();
  } catch (error) {
    report(error);
    return fallback;
  }
}

function report(error: unknown): void {
  console.error('Depth Lab:', error);
}

/** Work that can be interrupted: it pauses now and then, so that its caller decides when it goes on. */
export type Steps<T> = Generator<void, T, void>;

/** Does the work without a pause. */
export function toEnd<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

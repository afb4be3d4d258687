/** Errors of the lab language. Each knows the place in the user's file that it is about, as far as the lab can know it. */

/** Where in the user's text something stands. Lines and columns count from 1; the end is exclusive. */
export interface Place {
  file: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
}

/**
 * The call stack at which a building block was made. Whoever knows the user's files
 * finds the user's frame in it; the lab itself knows no files.
 */
export interface Origin {
  stack: string;
}

/** Records who called. `above` is the function whose caller is wanted: its own frame is left out. */
export function captureOrigin(above: (...parameters: never[]) => unknown): Origin {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, above);
  return { stack: holder.stack ?? '' };
}

/** A definition that the lab cannot accept: an unknown option, a wrong shape, text that cannot be differentiated. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  /** What to do about it. */
  readonly hint: string | null;
  /** The stack of the building block that is wrong, where it was made earlier than the error was found. */
  readonly origin: Origin | null;
  /** The exact place, where the lab has read the text itself. */
  readonly place: Place | null;

  constructor(message: string, details: { hint?: string | null; origin?: Origin | null; place?: Place | null } = {}) {
    super(message);
    this.hint = details.hint ?? null;
    this.origin = details.origin ?? null;
    this.place = details.place ?? null;
  }
}

/** Runs `action`; a definition error in it that knows no place of its own gets `origin`. */
export function blame<T>(origin: Origin | null, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof DefinitionError && !error.place && !error.origin && origin) {
      throw new DefinitionError(error.message, { hint: error.hint, origin });
    }
    throw error;
  }
}

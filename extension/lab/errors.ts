/** Errors of the lab language. Each carries the location in the user's file, as far as the lab knows it. */

import type { Fix } from './fixes.ts';

/** A range in the user's file. Lines and columns are 1-based; the end is exclusive. */
export interface Place {
  file: string;
  line: number;
  column: number;
  endLine?: number;
  endColumn?: number;
}

/**
 * The call stack at which a building block was created. The engine, which knows the user's files, finds the user's
 * frame in it; the lab itself does not access files.
 */
export interface Origin {
  stack: string;
}

/** Records the call stack. Frames up to and including `above` are omitted, so the first frame is its caller. */
export function captureOrigin(above: (...parameters: never[]) => unknown): Origin {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder, above);
  return { stack: holder.stack ?? '' };
}

/** A definition that the lab rejects: an unknown option, a wrong shape, source code that cannot be differentiated. */
export class DefinitionError extends Error {
  override readonly name = 'DefinitionError';
  /** How to fix it. */
  readonly hint: string | null;
  /** Where the faulty building block was created, if that was before the error was detected. */
  readonly origin: Origin | null;
  /** The exact location, if the lab parsed the source itself. */
  readonly place: Place | null;
  /** Ways to mend it, the likeliest first. */
  readonly fixes: readonly Fix[];

  constructor(message: string, details: ErrorDetails = {}) {
    super(message);
    this.hint = details.hint ?? null;
    this.origin = details.origin ?? null;
    this.place = details.place ?? null;
    this.fixes = details.fixes ?? [];
  }

  /** The same error with other details. */
  but({ message = this.message, ...details }: ErrorDetails & { message?: string }): DefinitionError {
    const { hint, origin, place, fixes } = this;
    return new DefinitionError(message, { hint, origin, place, fixes, ...details });
  }
}

/** What is known of an error besides its message. */
export interface ErrorDetails {
  hint?: string | null;
  origin?: Origin | null;
  place?: Place | null;
  fixes?: readonly Fix[];
}

/** Runs `action`; a definition error thrown in it that has no location gets `origin`. */
export function withOrigin<T>(origin: Origin | null, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof DefinitionError && !error.place && !error.origin && origin) {
      throw error.but({ origin });
    }
    throw error;
  }
}

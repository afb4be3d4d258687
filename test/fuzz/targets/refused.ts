import { DefinitionError } from '../../../extension/lab/errors.ts';

/** What a function returns; null if it refuses its input with a message for users. Every other error is a fault. */
export function unlessRefused<T>(use: () => T): T | null {
  try {
    return use();
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    if (error.message.length === 0 || error.message.length > 2000)
      throw new Error(`a message of ${error.message.length} characters`);
    return null;
  }
}

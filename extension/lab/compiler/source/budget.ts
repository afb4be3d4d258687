/**
 * What the interpretation of one function may cost: evaluated expressions, copied entries and levels of nesting are
 * counted, and refused at their place, so that neither time nor the stack runs out first.
 */
import type * as acorn from 'acorn';
import { DefinitionError } from '../../errors.ts';
import type { Frame } from './frame.ts';

/** Evaluated expressions and calls, which take seconds; four copied entries of an array count as one of them. */
export const MOST_OPERATIONS = 5_000_000;
const ENTRIES_PER_OPERATION = 4;
/** Levels of expressions, statements, branches and calls; more would not fit the stack. */
export const DEEPEST_NESTING = 1500;
/** Levels of a statement, a branch or a call: they take more of the stack than an operator. */
export const COMPOUND = 2;
/** Entries of an array. */
export const LONGEST_ARRAY = 1_000_000;

/** @throws DefinitionError at this node when the interpretation has taken too many operations */
export function spend(frame: Frame, at: acorn.Node, operations: number): void {
  frame.reading.operations += operations;
  if (frame.reading.operations <= MOST_OPERATIONS) return;
  frame.fail(
    at,
    `this function evaluates more than ${MOST_OPERATIONS} expressions`,
    'Shorten its loops or its recursion.',
  );
}

/**
 * Counts the entries of an array that is made or copied.
 * @throws DefinitionError at this node if the array is longer than {@link LONGEST_ARRAY}
 */
export function spendEntries(frame: Frame, at: acorn.Node, length: number): void {
  if (length > LONGEST_ARRAY)
    frame.fail(
      at,
      `this array has ${length} entries, more than the ${LONGEST_ARRAY} that one may have here`,
      'Use a smaller one.',
    );
  spend(frame, at, length / ENTRIES_PER_OPERATION);
}

/** Runs `use` some levels deeper. */
export function nested<T>(frame: Frame, at: acorn.Node, levels: number, use: () => T): T {
  const { reading } = frame;
  reading.depth += levels;
  if (reading.depth > DEEPEST_NESTING) {
    frame.fail(
      at,
      `this is nested too deeply: the limit is ${DEEPEST_NESTING} levels (statements, branches and calls count twice)`,
      'Use intermediate variables, a loop, or an array of alternatives.',
    );
  }
  const result = use();
  reading.depth -= levels;
  return result;
}

/** As {@link nested}, at the expression that is evaluated now. */
export function nestedHere<T>(frame: Frame, levels: number, use: () => T): T {
  const { at } = frame.reading;
  return at ? nested(at.frame, at.node, levels, use) : use();
}

/** Runs `use`; errors of the JavaScript engine about lengths and its stack become one at this node. */
export function withinEngine<T>(fail: (message: string, hint: string) => never, use: () => T): T {
  try {
    return use();
  } catch (error) {
    if (error instanceof DefinitionError || !(error instanceof RangeError)) throw error;
    const isStack = /call stack/.test(error.message);
    return fail(
      isStack ? 'the values here are nested too deeply' : `JavaScript refuses this: ${error.message}`,
      isStack ? 'Use arrays of numbers, not arrays within arrays.' : 'Use a smaller number.',
    );
  }
}

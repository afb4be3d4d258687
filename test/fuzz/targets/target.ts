/** What is fuzzed: inputs and what must hold for each of them. */
import fc from 'fast-check';

/** What came of one input: the answer was right, or the input was refused by a message that is meant for users. */
export type Verdict = 'right' | 'refused';

export interface Target {
  name: string;
  /** What the inputs are, and what holds for each. */
  what: string;
  /** How many of a hundred inputs go here. */
  share: number;
  check(cases: number, seed?: number): Tally;
}

export interface Tally {
  right: number;
  refused: number;
  /** The smallest input found with a fault, as text; null if there is none. */
  fault: string | null;
}

/** @param hold throws where something does not hold */
export function target<Input>(
  name: string,
  what: string,
  share: number,
  inputs: fc.Arbitrary<Input>,
  hold: (input: Input) => Verdict,
): Target {
  return {
    name,
    what,
    share,
    check(cases, seed) {
      const tally: Tally = { right: 0, refused: 0, fault: null };
      const property = fc.property(inputs, (input) => {
        tally[hold(input)]++;
      });
      const details = fc.check(property, { numRuns: cases, ...(seed === undefined ? {} : { seed }) });
      if (details.failed) tally.fault = `${String(details.errorInstance)}\n${fc.defaultReportMessage(details)}`;
      return tally;
    },
  };
}

/**
 * The result model shared by command line, editor and panel: cells, endings, mean and spread over seeds, and their
 * text. Pure, and small enough for the panel's bundle.
 */
export { type Cell, cellsAt, cellsOf, describeCell } from './cells.ts';
export {
  countedText,
  type Ending,
  endingOf,
  isAveraged as counts,
  lossesText,
  sumOf,
  type Tally,
  tallyOf,
  tallyText,
} from './endings.ts';
export { notesOf } from './notes.ts';
export { describePoint, pointKey } from './points.ts';
export {
  curvesOf,
  divergedCurves,
  type Known,
  knownResults,
  type Quantity,
  reached,
  tallyIn,
} from './reached.ts';
export { append, appendSamples } from './samples.ts';
export { type Spread, spreadOf } from './spread.ts';
export { numberText, rangeText, spreadText, type Unit } from './text.ts';
export { comparisonsOf, type Kind, type Target, type TheoryRow, theoryRows, unitOf } from './theories.ts';

/**
 * The model of results that command line, editor and panel share: cells, how runs ended and which of them count, mean
 * and spread over seeds, and the words for them. Pure, and light enough for the panel's page.
 */
export { type Cell, cellsAt, cellsOf, describeCell } from './cells.ts';
export {
  countedText,
  counts,
  type Ending,
  endingOf,
  lossesText,
  sumOf,
  type Tally,
  tallyOf,
  tallyText,
} from './endings.ts';
export { engineNotes, gpuNotes, movedNotes, reasonNotes } from './engineNotes.ts';
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

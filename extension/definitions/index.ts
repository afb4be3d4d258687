/** Finds experiments in source text without running it, and follows them while the text is edited. */
export type { FoundCall, FoundCalls, FoundExperiment, FoundProperty } from './find.ts';
export { findCalls, findExperiments } from './find.ts';
export type { Position, TextRange } from './position.ts';

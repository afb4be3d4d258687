/** Finds experiments in source text without running it, and tracks them while the text is edited. */

export type { TextEdit } from './edit.ts';
export type { FoundCall, FoundCalls, FoundExperiment, FoundProperty } from './find.ts';
export { findCalls, findExperiments } from './find.ts';
export { type Fingerprint, fingerprints } from './fingerprint.ts';
export type { Position, TextRange } from './position.ts';
export { DefinitionTracker } from './tracker.ts';

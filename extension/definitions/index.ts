/** Finds experiments in source text without running it, and tracks them while the text is edited. */

export { type ClaimName, type ClaimNames, claimNames, type Named } from './claimNames.ts';
export { type CompletionPlace, completionPlace } from './completionPlace.ts';
export type { TextEdit } from './edit.ts';
export { type FoundCalls, type FoundExperiment, findCalls, findExperiments } from './find.ts';
export type { Fingerprint } from './fingerprint.ts';
export { importEdit } from './imports.ts';
export { type FoundNumber, findNumbers, numberAround } from './knobs.ts';
export { type OptionPlace, optionAt } from './options.ts';
export type { Effort } from './parser.ts';
export type { Position, TextRange } from './position.ts';
export { readCode } from './sameCode.ts';
export type { FoundCall, FoundProperty, Kind } from './shape.ts';
export { type Steps, toEnd } from './steps.ts';
export { DefinitionTracker } from './tracker.ts';

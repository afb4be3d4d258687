/** What a learning problem is: where its data come from, and how a predictor meets them. */
import type { Origin } from '../errors.ts';

export type Loss = 'logistic' | 'square';

/** A problem as plain data: it crosses threads and is stored. Each kind adds its own fields. */
export interface ProblemDescription {
  /** Its kind: the key of its definition in `problems/index.ts`. */
  readonly type: string;
  /** Fixes the data for all runs; null lets the run's seed choose them. */
  readonly seed: number | null;
}

/** A problem as the user wrote it: its description, and the place where it was written. */
export type Problem<D extends ProblemDescription = ProblemDescription> = D & { readonly origin: Origin };

/** Vectors as the predictor meets them: f = X·w, with X row-major, [count, dimension]. */
export interface InputRows {
  kind: 'rows';
  count: number;
  dimension: number;
  values: Float64Array;
}

/** Positions in the predictor: f = W[indices], row-major. */
export interface InputEntries {
  kind: 'entries';
  count: number;
  indices: Int32Array;
}

export type Inputs = InputRows | InputEntries;

/** A problem's data for one seed. */
export interface ProblemData {
  loss: Loss;
  /** `[d]` or `[rows, columns]`. */
  predictorShape: number[];
  train: Inputs;
  /** ±1 for the logistic loss. */
  trainTargets: Float64Array;
  test: Inputs | null;
  testTargets: Float64Array | null;
  /** The predictor behind the data, where there is one. */
  truth: Float64Array | null;
}

/**
 * The curvature H in F = Jᵀ H J, J = ∂w/∂θ, of a predictor on the whole input distribution: a multiple of the identity,
 * that of N(0, I) inputs under the logistic loss, or known only as an average over inputs.
 */
export type PopulationCurvature = { kind: 'scalar'; value: number } | { kind: 'gaussian' } | { kind: 'inputs' };

/** The input distribution over which a `population` Fisher information is averaged. */
export interface Population {
  curvature: PopulationCurvature;
  /**
   * `count` unlabeled inputs; `own` where the data's inputs themselves, training inputs first, are the population, and
   * null where inputs are positions in a matrix.
   */
  inputs: 'own' | ((count: number, seed: number) => InputRows) | null;
}

/** Everything that the lab knows about one kind of problem. */
export interface ProblemDefinition<D extends ProblemDescription = ProblemDescription> {
  readonly type: D['type'];
  /** Raised when an equal description comes to mean other data: stored results of earlier versions are then not found. */
  readonly version: number;
  /** What examples are: vectors, or positions in the predictor. */
  readonly inputs: Inputs['kind'];
  /** One line for tables and headers. */
  describe(problem: D): string;
  loss(problem: D): Loss;
  /** The shape of the predictor, known before any data are drawn: `[d]` or `[rows, columns]`. */
  predictorShape(problem: D): number[];
  /** Numbers of training and test examples. */
  exampleCounts(problem: D): { train: number; test: number };
  /** The data of one seed; the same on every machine. */
  draw(problem: D, seed: number): ProblemData;
  population(problem: D): Population;
}

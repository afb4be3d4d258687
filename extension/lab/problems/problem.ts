/** Learning problems: their data, and how a predictor is applied to them. */
import type { Origin } from '../errors.ts';

export type Loss = 'logistic' | 'square';

/** A problem as plain data, which is sent to worker threads and stored. Each kind adds its own fields. */
export interface ProblemDescription {
  /** Its kind: the key of its definition in `problems/index.ts`. */
  readonly type: string;
  /** Seed of the data, shared by all runs; null to use each run's seed. */
  readonly seed: number | null;
}

/** A problem as created by the user: its description and its origin. */
export type Problem<D extends ProblemDescription = ProblemDescription> = D & { readonly origin: Origin };

/** Vector inputs: f = X·w, with X row-major, [count, dimension]. */
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
  /** The ground-truth predictor, if there is one. */
  truth: Float64Array | null;
}

/**
 * The curvature H in F = Jᵀ H J, J = ∂w/∂θ, over the whole input distribution: a multiple of the identity, the closed
 * form for N(0, I) inputs under the logistic loss, or an average over sampled inputs.
 */
export type PopulationCurvature = { kind: 'scalar'; value: number } | { kind: 'gaussian' } | { kind: 'inputs' };

/** The input distribution over which a `population` Fisher information is averaged. */
export interface Population {
  curvature: PopulationCurvature;
  /**
   * Draws `count` unlabeled inputs; `own` if the population consists of the data's own inputs, training inputs first;
   * null if inputs are positions in a matrix.
   */
  inputs: 'own' | ((count: number, seed: number) => InputRows) | null;
}

/** The definition of one kind of problem. */
export interface ProblemDefinition<D extends ProblemDescription = ProblemDescription> {
  readonly type: D['type'];
  /**
   * Incremented when equal descriptions yield different data, so that results stored by earlier versions are not
   * reused.
   */
  readonly version: number;
  /** The kind of examples: vectors, or positions in the predictor. */
  readonly inputs: Inputs['kind'];
  /** One line for tables and headers. */
  describe(problem: D): string;
  loss(problem: D): Loss;
  /** The shape of the predictor, which does not depend on the data: `[d]` or `[rows, columns]`. */
  predictorShape(problem: D): number[];
  /** Numbers of training and test examples. */
  exampleCounts(problem: D): { train: number; test: number };
  /** The data of one seed; identical on every machine. */
  draw(problem: D, seed: number): ProblemData;
  population(problem: D): Population;
}

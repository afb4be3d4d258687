import type { RunIdentity, SweepPoint } from '../lab/results.ts';

/** The grid of one experiment, known before training. */
export interface GridPlan {
  experiment: string;
  /** Position of the `experiment(` call, from 1. */
  line: number;
  column: number;
  problem: ProblemSummary;
  parameterizations: string[];
  optimizers: OptimizerSummary[];
  seeds: number[];
  points: SweepPoint[];
  runs: RunIdentity[];
  claims: string[];
  /** Steps per run; null if every optimizer is a flow. */
  steps: number | null;
  /** Set for the full size of an experiment: the seconds that it may take. */
  timeLimit?: number | undefined;
  /** Set where only some runs were asked for: of the others, those are there that were stored. */
  only?: Cells;
}

/** The runs with a parameterization or an optimizer; null for any. */
export interface Cells {
  parameterization: string | null;
  optimizer: string | null;
}

export interface OptimizerSummary {
  name: string;
  /** Optimizers of one family share a line style where possible. */
  family: 'gradient' | 'natural gradient' | 'other';
  /** Set for a flow: it has a time, and the number of its steps is that of the integrator. */
  isFlow?: true;
  /** One line for a tooltip, for example `natural gradient · rate 0.05 · Fisher: train`. */
  description: string;
}

export interface ProblemSummary {
  /** The kind of examples: vectors, or positions in the predictor. */
  inputs: 'rows' | 'entries';
  /** One line for a header, for example `80 examples in 100 dimensions, 3 of them relevant`. */
  description: string;
  loss: 'logistic' | 'square';
  /** `error rate` (a fraction, shown in %) or `RMSE`. */
  errorName: 'error rate' | 'RMSE';
  /** `[d]` or `[rows, columns]`; null if the predictor is a network. */
  predictorShape: number[] | null;
  train: number;
  test: number;
  /** The ground-truth predictor (of the first seed), row-major; null if unknown. */
  truth: Float64Array | null;
  /** For completion: indices (row-major) of the observed entries of the first seed. */
  observed: Int32Array | null;
  /** The training targets (labels: ±1) of the first seed at the first point; omitted if points differ in their data. */
  trainTargets?: Float64Array;
  /** The training inputs that belong to them, row-major, for inputs of one or two dimensions. */
  trainInputs?: Float64Array;
}

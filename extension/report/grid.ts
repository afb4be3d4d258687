import type { RunIdentity, SweepPoint } from '../lab/results.ts';

/** What the grid of one experiment is, known before anything is trained. */
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
  /** Steps each run takes, null where every optimizer is a flow. */
  steps: number | null;
}

export interface OptimizerSummary {
  name: string;
  /** Optimizers of one family share a line style where possible. */
  family: 'gradient' | 'natural gradient' | 'other';
  /** One line for a tooltip, for example `natural gradient · rate 0.05 · Fisher: train`. */
  description: string;
}

export interface ProblemSummary {
  /** What examples are: vectors, or positions in the predictor. */
  inputs: 'rows' | 'entries';
  /** One line for a header, for example `80 of 4000 examples in 100 dimensions, 3 of them matter`. */
  description: string;
  loss: 'logistic' | 'square';
  /** `error rate` (a share, shown as %) or `RMSE`. */
  errorName: 'error rate' | 'RMSE';
  /** `[d]` or `[rows, columns]`; null where the predictor is a network. */
  predictorShape: number[] | null;
  train: number;
  test: number;
  /** The predictor that made the data (of the first seed), row-major, or null where none is known. */
  truth: Float64Array | null;
  /** For completion: indices (row-major) of the observed entries of the first seed. */
  observed: Int32Array | null;
}

/**
 * What an experiment yields, as plain data that crosses every boundary of the house:
 * from the worker threads to the engine, to the editor, the panel and the command line.
 */

/** A pair of the two quantities that every experiment reports. */
export interface Quantities {
  /** Mean loss per example (logistic: nats; square: half squares). */
  loss: number;
  /** Logistic: share of examples with y·f ≤ 0; otherwise the root mean square error. */
  error: number;
}

/** The values of the sweep's axes at one point, or null outside a sweep. */
export type SweepPoint = Record<string, number | string | boolean>;

/** One cell of the grid parameterizations × optimizers × seeds, before it is trained. */
export interface RunIdentity {
  /** Position in the grid of its experiment, from 0. */
  id: number;
  point: SweepPoint | null;
  parameterization: string;
  optimizer: string;
  seed: number;
}

/** Which engine trained a run. */
export type EngineKind = 'cpu' | 'gpu';

/** A trained run. Field by field what `depth-lab run --json` prints. */
export interface RunResult extends RunIdentity {
  /** Optimizer steps taken. */
  steps: number;
  /** rate · steps, or the flow's t. */
  time: number;
  engine: EngineKind;
  /** What the engine ran on and how, for example `javascript` or an adapter's name. */
  device: string;
  /** Why this engine was chosen, where the choice was left to the lab. */
  reason?: string;
  /** Why none of the run was computed by the engine that was asked for, or chosen. */
  fallback?: string;
  /** Of a run whose GPU failed on the way: it is partly float32 and partly float64, and `engine` is `gpu`. */
  movedToCpu?: MovedToCpu;
  /**
   * How far this run ended from the same one in float64: of runs on a GPU, the first seed of each cell is repeated on the
   * CPU.
   */
  deviation?: Deviation;
  /** How many runs the GPU trained side by side with this one, itself included; left out of one alone. */
  together?: number;
  /**
   * Wall-clock seconds: the only field that may differ between two runs of one file. Runs trained side by side took
   * them together.
   */
  seconds: number;
  train: Quantities;
  /** Null where the problem has no test data. */
  test: Quantities | null;
  /** test − train, null without test data. */
  gap: Quantities | null;
  /** y·f on the training examples, null unless the labels are classes. */
  margins: { min: number; mean: number; max: number } | null;
  /** Norms of the predictor: `l1 l2 max` of a vector, `frobenius nuclear spectral effectiveRank` of a matrix. */
  norms: Record<string, number> | null;
  /** The end-to-end vector or matrix, row-major; null for a nonlinear network. */
  predictor: Float64Array | null;
  /** f on the training points, in their order. */
  outputs: Float64Array;
  /** The step at which loss or parameters stopped being finite. */
  diverged?: number;
  /**
   * The step that was not taken, of a flow the time at which it ended, for the linear system of the curvature could not
   * be solved: `solver.residual` is what was left of it.
   */
  unsolved?: number;
  /** The time at which a flow met a singular point, where the Fisher information loses rank and the flow ends. */
  singular?: number;
  /** The time at which a flow began to slide along a kink of the model, where error control makes steps ever shorter. */
  kink?: number;
  /** The time from which rounding errors, grown along the flow, would decide where it goes. */
  imprecise?: number;
  /** How the curvature was solved, for natural gradients. */
  solver?: SolverReport;
}

/** Where the CPU took over from the GPU. */
export interface MovedToCpu {
  /** The last step that the GPU took, in float32; the CPU took all later ones, in float64. */
  step: number;
  /** What failed. */
  reason: string;
}

/** Relative to the run in float64; null where either run diverged, or there is nothing to compare. */
export interface Deviation {
  /** The largest gap between two entries over the largest entry; of a network, between its training outputs. */
  predictor: number | null;
  /** The gap between the losses over the larger of them. */
  trainLoss: number | null;
  testLoss: number | null;
}

/** What the curvature solver of a natural gradient run did, at the last step. */
export interface SolverReport {
  /** The space in which the linear system was solved, or `iterative`: conjugate gradients without a matrix. */
  solver: string;
  fisher: string;
  /** Numerical rank found, null where the solver finds none; and the side of the system. */
  rank: number | null;
  size: number;
  /**
   * Directions that were left out, for their singular values are at most max(rows, columns) · 2^-52 of the largest: what
   * is missing of the rank that the shape of the (weighted) Jacobian allows; left out where nothing is.
   */
  dropped?: number;
  /**
   * Condition number in the 2-norm of the system that was solved (of the part that counts, where it is singular;
   * preconditioned, where it was), at the run's end. Estimated from below, close where the solver converged;
   * null where it is not known. Of a run on the GPU the largest of its systems', measured in float64 at the
   * start and at each sample; where several are solved one after the other, the product of theirs. In mixed precision
   * that of the last step's, as the GPU computed it.
   */
  condition: number | null;
  /** Of the iterative solver, or of the refinement in mixed precision, in its last step. */
  iterations?: number;
  /** The largest relative residual of the steps at which the iterative solver did not converge; left out if it always did. */
  residual?: number;
}

/**
 * How far a run's end is from what theory names: the angle to a direction in radians, the distance to a point relative
 * to that point, or what is left of a condition ({@link TheoryCondition}), 0 where it holds and about 1 far from it.
 */
export type Comparison = { angle: number } | { distance: number } | { residual: number };

/** A predictor that theory names for the data of one seed. */
export interface TheoryTarget {
  name: string;
  /** Under the logistic loss predictors grow without end: only their direction is predicted. */
  kind: 'direction' | 'point';
  /** In the predictor's shape. */
  predictor: Float64Array;
  /** What tends there, and under which conditions: one sentence. */
  meaning: string;
  source: string;
}

/** A condition that theory says holds in the limit, where it names no single predictor. */
export interface TheoryCondition {
  /** `max-margin KKT` or `stationarity`. */
  name: string;
  /** What comes to obey it, and under which conditions. */
  meaning: string;
  source: string;
}

/** The training loss that theory predicts for one run, at the run's own samples. All arrays have equal length. */
export interface TheoryCurve {
  run: number;
  /** Which theory: `natural gradient flow` or `modes of the deep product`. */
  name: string;
  step: Float64Array;
  time: Float64Array;
  trainLoss: Float64Array;
}

/** What theory says of the data of one seed at one point of a sweep, and how far the runs are from it. */
export interface Theory {
  point: SweepPoint | null;
  seed: number;
  /** What all runs can be compared with; left empty for all seeds but the first of the grid. */
  targets: TheoryTarget[];
  /** Of which residuals are measured; left empty likewise. */
  conditions: TheoryCondition[];
  /** Of the first seed of the grid. */
  curves: TheoryCurve[];
  /** By the name of a target or condition; some targets belong to a run's own start. */
  comparisons: { run: number; to: Record<string, Comparison> }[];
}

/** The outcome of one claim. */
export interface ClaimResult {
  claim: string;
  holds: boolean;
  /** Why the claim could not be evaluated, or null. */
  error: string | null;
}

/** New samples of one run's curves, to be appended to those already there. All arrays have equal length. */
export interface SampleBatch {
  run: number;
  step: Float64Array;
  time: Float64Array;
  trainLoss: Float64Array;
  trainError: Float64Array;
  /** NaN throughout where there are no test data. */
  testLoss: Float64Array;
  testError: Float64Array;
  /** The newest predictor (see {@link RunResult.predictor}), or null. */
  predictor: Float64Array | null;
}

/**
 * The runs of one seed in function space, projected to the plane: seeds have data of their own, and their paths nothing
 * in common. Replaces the projection before it.
 */
export interface Projection {
  /** Whose runs these are. */
  seed: number;
  /** `plane`: the two coordinates themselves; `principal`: the two first principal directions. */
  axes: 'plane' | 'principal';
  /** What was projected. */
  space: PathSpace;
  /** Share of the variance along each axis, in [0, 1]. */
  explained: [number, number];
  runs: { run: number; x: Float32Array; y: Float32Array }[];
  /** Points to compare with: the truth, limits that theory predicts. */
  targets: {
    name: string;
    x: number;
    y: number;
    /** Of a direction: where the ray through the target begins, the zero predictor; null for a point. */
    from: { x: number; y: number } | null;
  }[];
}

/** In which space paths are compared: of predictors, or of the outputs on the training inputs. */
export type PathSpace = 'predictors' | 'training outputs';

/** The paths that an optimizer takes in function space, over all parameterizations. */
export interface PathCount {
  /** How many differ; paths whose relative distance is below 10 % count as one. */
  count: number;
  /**
   * The relative path distance, the largest over pairs of parameterizations: ‖a(t) − b(t)‖ at a common time, divided by
   * the distance travelled. `result.invariance` is the same number.
   */
  distance: number;
  /** What of it was there at the start: the distance of the starts, divided by the same. */
  startDistance: number;
}

/** The finding: what the numbers say, updated while runs finish. */
export interface Summary {
  /** One sentence with its number, for example `NGD takes one path (distance 0.004); GD takes three (0.61).` */
  sentence: string;
  /** For each optimizer, what the sentence says of its paths; null with fewer than two. */
  paths: Record<string, PathCount | null>;
  /** What the paths are paths of; null where it differs between the points of a sweep. */
  space: PathSpace | null;
}

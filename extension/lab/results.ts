/**
 * The results of an experiment, as plain data that is passed from the worker threads to the engine, the editor, the
 * panel and the command line.
 */

/** The two quantities that every experiment reports. */
export interface Quantities {
  /** Mean loss per example (logistic: nats; square: half squares). */
  loss: number;
  /** Logistic: fraction of examples with y·f ≤ 0; otherwise the root mean square error. */
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

/** The processor that trained a run. */
export type EngineKind = 'cpu' | 'gpu';

/** A trained run. `depth-lab run --json` prints exactly these fields. */
export interface RunResult extends RunIdentity {
  /** Optimizer steps taken. */
  steps: number;
  /** rate · steps, or the flow's t. */
  time: number;
  engine: EngineKind;
  /** The backend or device: `javascript`, `simd`, or the GPU adapter's name. */
  device: string;
  /** Set if the run was not trained now: a stored run of this machine, or of another one whose arithmetic differs. */
  stored?: 'here' | 'elsewhere';
  /** Set if the run was trained again and its numbers differ from the stored ones. */
  differs?: true;
  /** Why this engine was chosen, if the choice was automatic. */
  reason?: string;
  /** Why the requested or chosen engine computed no part of the run, or why the CPU did without WebAssembly. */
  fallback?: string;
  /** Set if the GPU failed during the run: the run is partly float32 and partly float64, and `engine` is `gpu`. */
  movedToCpu?: MovedToCpu;
  /** Deviation from the same run in float64. For runs on a GPU, the first seed of each cell is repeated on the CPU. */
  deviation?: Deviation;
  /** Number of runs in the GPU batch, including this one; omitted if the run was trained alone. */
  together?: number;
  /**
   * Wall-clock seconds: with `stored` the only field that may differ when the same file is run twice. For a batch of runs, the time
   * of the whole batch.
   */
  seconds: number;
  train: Quantities;
  /** Null if the problem has no test data. */
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
  /** The step at which the loss or the parameters became non-finite. */
  diverged?: number;
  /**
   * The step (for a flow, the time) at which the run ended because the curvature system could not be solved;
   * `solver.residual` is the remaining relative residual.
   */
  unsolved?: number;
  /** The time at which a flow ended at a singular point, where the Fisher information loses rank. */
  singular?: number;
  /**
   * The time at which a flow began to slide along a kink of the model, where error control keeps reducing the step
   * size.
   */
  kink?: number;
  /** The time after which accumulated rounding errors would determine the flow's path. */
  imprecise?: number;
  /** How the curvature system was solved, for natural gradient methods. */
  solver?: SolverReport;
}

/** The point at which the CPU took over from the GPU. */
export interface MovedToCpu {
  /** The last step computed by the GPU, in float32; the CPU computed all later steps, in float64. */
  step: number;
  /** The failure. */
  reason: string;
}

/** Relative to the float64 run; null if either run diverged or there is nothing to compare. */
export interface Deviation {
  /** The largest absolute difference divided by the largest absolute entry; for a network, of its training outputs. */
  predictor: number | null;
  /** The absolute difference of the losses divided by the larger one. */
  trainLoss: number | null;
  testLoss: number | null;
}

/** Statistics of the curvature solver of a natural gradient run, at the last step. */
export interface SolverReport {
  /** The space in which the linear system was solved, or `iterative`: matrix-free conjugate gradients. */
  solver: string;
  fisher: string;
  /** Numerical rank (null if the solver does not determine it), and the dimension of the system. */
  rank: number | null;
  size: number;
  /**
   * Number of truncated directions: min(rows, columns) of the (weighted) Jacobian minus its numerical rank. The cutoff
   * is max(rows, columns) · 2^-52 of the largest singular value. Omitted if 0.
   */
  dropped?: number;
  /**
   * Condition number in the 2-norm of the system that was solved, at the run's end (of more than 256 equations, that of
   * the last step): of its nonsingular part if it is rank-deficient, of the preconditioned system if it was preconditioned. A lower bound, tight if the solver
   * converged; null if unknown. For a run on the GPU, the largest one measured in float64 at the start and at each
   * sample; if a step solves several systems in sequence, the product. In mixed precision, that of the last step as
   * computed by the GPU.
   */
  condition: number | null;
  /** Iterations of the iterative solver, or of mixed-precision refinement, in the last step. */
  iterations?: number;
  /**
   * The largest relative residual over the steps at which the iterative solver did not converge; omitted if it always
   * converged.
   */
  residual?: number;
}

/**
 * How far the end of a run is from a theoretical prediction: the angle to a direction in radians, the distance to a
 * point relative to that point's norm, or the residual of a condition ({@link TheoryCondition}), which is 0 if it holds
 * and about 1 far from it.
 */
export type Comparison = { angle: number } | { distance: number } | { residual: number };

/** A predictor predicted by theory for the data of one seed. */
export interface TheoryTarget {
  name: string;
  /** Under the logistic loss, predictors grow without bound: only their direction is predicted. */
  kind: 'direction' | 'point';
  /** In the predictor's shape. */
  predictor: Float64Array;
  /** What converges to it, and under which conditions: one sentence. */
  meaning: string;
  source: string;
}

/** A condition that theory predicts to hold in the limit, for cases without a unique predicted predictor. */
export interface TheoryCondition {
  /** `max-margin KKT` or `stationarity`. */
  name: string;
  /** What satisfies it in the limit, and under which conditions. */
  meaning: string;
  source: string;
}

/** The training loss predicted by theory for one run, at the run's own samples. All arrays have equal length. */
export interface TheoryCurve {
  run: number;
  /** Which theory: `natural gradient flow` or `modes of the deep product`. */
  name: string;
  step: Float64Array;
  time: Float64Array;
  trainLoss: Float64Array;
}

/** Theoretical predictions for one seed at one sweep point, and how far the runs are from them. */
export interface Theory {
  point: SweepPoint | null;
  seed: number;
  /** Predictions that apply to all runs; only filled in for the first seed of the grid. */
  targets: TheoryTarget[];
  /** Conditions whose residuals are measured; only filled in for the first seed of the grid. */
  conditions: TheoryCondition[];
  /** Only for the first seed of the grid. */
  curves: TheoryCurve[];
  /** By the name of a target or condition; some targets depend on a run's own initialization. */
  comparisons: { run: number; to: Record<string, Comparison> }[];
}

/** What is said of the parameterizations of an experiment besides their runs, for the first seed at the first point. */
export interface Inspection {
  parameterizations: Inspected[];
  /** For each optimizer with runs that diverged, a rate with which these runs were tried and did not diverge. */
  rates: { optimizer: string; rate: number }[];
}

/** One parameterization. */
export interface Inspected {
  name: string;
  /** What the lab has understood, and its derivatives, as lines of mathematics; empty if that is too long to be read. */
  mathematics: string[];
  /** Number of parameters p. */
  parameters: number;
  /**
   * The rank of ∂w/∂θ of the predictor, or for a network of ∂f/∂θ of the outputs on the training inputs, at the start and
   * at the end with each optimizer; null if the Jacobian is too large.
   */
  jacobian: {
    of: 'predictor' | 'training outputs';
    rows: number;
    start: number;
    ends: { optimizer: string; rank: number }[];
  } | null;
  /** 2 / λ at the start, with λ the largest eigenvalue of the Hessian of the training loss; null if none is positive. */
  stableRate: number | null;
}

/** The outcome of one claim. */
export interface ClaimResult {
  claim: string;
  holds: boolean;
  /** Why the claim could not be evaluated, or null. */
  error: string | null;
  /** The first numbers that it asked for, for example `invariance('NGD')`; omitted if there are none. */
  values?: { expression: string; value: number }[];
  /** The expression that must be true, as it is written; omitted if the claim is more than one expression. */
  wanted?: string;
}

/** New samples of one run's curves, to be appended to the earlier ones. All arrays have equal length. */
export interface SampleBatch {
  run: number;
  step: Float64Array;
  time: Float64Array;
  trainLoss: Float64Array;
  trainError: Float64Array;
  /** All NaN if there are no test data. */
  testLoss: Float64Array;
  testError: Float64Array;
  /** The latest predictor (see {@link RunResult.predictor}), or null. */
  predictor: Float64Array | null;
  /** The model at some of these samples; omitted if there are none. */
  snapshots?: Snapshots;
}

/**
 * A run's model at some of its samples, for pictures: in single precision, and fewer of them in a large grid. The
 * k-th snapshot is the k-th row of each matrix.
 */
export interface Snapshots {
  step: Float64Array;
  time: Float64Array;
  /** [snapshots, entries of the predictor], row-major; null for a model without a predictor. */
  predictors: Float32Array | null;
  /** f on the training points, [snapshots, n], row-major. */
  outputs: Float32Array;
}

/** The space in which paths are compared: predictors, or outputs on the training inputs. */
export type PathSpace = 'predictors' | 'training outputs';

/** The paths of one optimizer in function space, over all parameterizations. */
export interface PathCount {
  /** Number of distinct paths; paths whose relative distance is below 10 % count as one. */
  count: number;
  /**
   * The relative path distance, maximized over pairs of parameterizations: ‖a(t) − b(t)‖ at a common time, divided by
   * the distance travelled. Equal to `result.invariance`.
   */
  distance: number;
  /** The distance between the initial predictors, with the same normalization. */
  startDistance: number;
}

/** The finding: a summary of the results, updated as runs finish. */
export interface Summary {
  /** One sentence with its numbers. */
  sentence: string;
  /** The paths of each optimizer; null with fewer than two. */
  paths: Record<string, PathCount | null>;
  /** The space of the paths; null if it differs between the points of a sweep. */
  space: PathSpace | null;
  /** The same as `paths` at each point of a sweep, in the grid's order; omitted outside a sweep. */
  pathsAt?: Record<string, PathCount | null>[];
}

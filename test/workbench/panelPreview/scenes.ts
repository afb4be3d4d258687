import type {
  GridPlan,
  OptimizerSummary,
  ProblemSummary,
  RunResult,
  SampleBatch,
} from '../../../extension/lab/results.ts';
import type { ExperimentView } from '../../../extension/panel/protocol.ts';
import { number, percent } from '../../../webview/format.ts';
import { project } from './project.ts';
import { classifier, completion, type Recorded } from './simulate.ts';

/** Steps spaced evenly on a logarithmic axis. */
function sampledSteps(steps: number, count: number): Set<number> {
  const wanted = new Set([0, steps]);
  for (let i = 0; i <= count; i++) wanted.add(Math.round(steps ** (i / count)));
  return wanted;
}

interface Plan {
  experiment: string;
  problem: ProblemSummary;
  parameterizations: string[];
  optimizers: (OptimizerSummary & { rate: number })[];
  seeds: number;
  steps: number;
  claims: [string, boolean, string?][];
  /** Says what the runs show, from the mean test error of a parameterization and an optimizer. */
  sentence(mean: (parameterization: number, optimizer: number) => number): string;
  train(parameterization: number, natural: boolean, seed: number): Recorded;
  targets: { name: string; value: Float64Array }[];
}

const norms = (values: Float64Array) => ({ l2: Math.hypot(...values) });

function view(plan: Plan): ExperimentView {
  const seeds = Array.from({ length: plan.seeds }, (_, i) => i + 1);
  const grid: GridPlan = {
    experiment: plan.experiment,
    line: 3,
    column: 1,
    problem: plan.problem,
    parameterizations: plan.parameterizations,
    optimizers: plan.optimizers.map(({ name, type, description }) => ({ name, type, description })),
    seeds,
    points: [],
    runs: plan.parameterizations.flatMap((parameterization, p) =>
      plan.optimizers.flatMap((optimizer, o) =>
        seeds.map((seed, s) => ({
          id: (p * plan.optimizers.length + o) * plan.seeds + s,
          point: null,
          parameterization,
          optimizer: optimizer.name,
          seed,
        })),
      ),
    ),
    claims: plan.claims.map(([claim]) => claim),
    steps: plan.steps,
  };
  const recorded = grid.runs.map((run) => {
    const optimizer = plan.optimizers.find((one) => one.name === run.optimizer)!;
    const data = plan.train(plan.parameterizations.indexOf(run.parameterization), optimizer.type === 'ngd', run.seed);
    return { run, data, rate: optimizer.rate };
  });
  const last = (values: number[]) => values[values.length - 1];
  const results: RunResult[] = recorded.map(({ run, data, rate }) => {
    const train = { loss: last(data.trainLoss), error: last(data.trainError) };
    const test = { loss: last(data.testLoss), error: last(data.testError) };
    const predictor = data.predictors[data.predictors.length - 1];
    return {
      ...run,
      steps: plan.steps,
      time: rate * plan.steps,
      engine: 'cpu',
      device: 'simd',
      seconds: 0.2,
      train,
      test,
      gap: { loss: test.loss - train.loss, error: test.error - train.error },
      margins: null,
      norms: norms(predictor),
      predictor,
      outputs: new Float64Array(0),
    };
  });
  const mean = (p: number, o: number) => {
    const errors = results
      .filter((run) => run.parameterization === plan.parameterizations[p] && run.optimizer === plan.optimizers[o].name)
      .map((run) => run.test!.error);
    return errors.reduce((sum, error) => sum + error, 0) / errors.length;
  };
  const samples: SampleBatch[] = recorded.map(({ run, data, rate }) => ({
    run: run.id,
    step: Float64Array.from(data.step),
    time: Float64Array.from(data.step, (step) => step * rate),
    trainLoss: Float64Array.from(data.trainLoss),
    trainError: Float64Array.from(data.trainError),
    testLoss: Float64Array.from(data.testLoss),
    testError: Float64Array.from(data.testError),
    predictor: data.predictors[data.predictors.length - 1],
  }));
  return {
    file: '/home/reader/lab/sparse.lab.ts',
    experiment: plan.experiment,
    status: 'finished',
    grid,
    samples,
    runs: results,
    projection: project(
      recorded.map(({ run, data }) => ({ run: run.id, predictors: data.predictors })),
      plan.targets,
    ),
    summary: {
      sentence: plan.sentence(mean),
      invariance: {},
    },
    claims: plan.claims.map(([claim, holds, error]) => ({ claim, holds, error: error ?? null })),
    failure: null,
    seconds: 1.9,
    finishedAt: Date.now() - 130_000,
    stale: false,
  };
}

const optimizers = (gd: number, ngd: number, fisher: string) => [
  { name: 'GD', type: 'gd', description: `gradient descent · rate ${gd}`, rate: gd },
  { name: 'NGD', type: 'ngd', description: `natural gradient · rate ${ngd} · Fisher: ${fisher}`, rate: ngd },
];

/** Separable classification with a sparse truth: 3 parameterizations × 2 optimizers × 8 seeds in 100 dimensions. */
export function sparseClassifier(seeds = 8): ExperimentView {
  const steps = 900;
  const wanted = sampledSteps(steps, 90);
  const { truth } = classifier(1, 1, false, 0, wanted);
  return view({
    experiment: 'Sparse truth',
    problem: {
      type: 'separable',
      description: '80 of 1 500 examples in 100 dimensions, 3 of them matter',
      loss: 'logistic',
      errorName: 'error rate',
      predictorShape: [100],
      train: 80,
      test: 1500,
      truth,
      observed: null,
    },
    parameterizations: ['linear', 'u² − v²', 'u³ − v³'],
    optimizers: optimizers(0.05, 0.02, 'train'),
    seeds,
    steps,
    claims: [
      ['NGD forgets the parameterization', true],
      ['depth helps GD', true],
      ['NGD generalizes as well as GD at every depth', false],
    ],
    sentence: (mean) =>
      `Depth helps GD (test error ${percent(mean(0, 0))} → ${percent(mean(2, 0))}); NGD stays at ${percent(Math.min(mean(0, 1), mean(1, 1), mean(2, 1)))}–${percent(Math.max(mean(0, 1), mean(1, 1), mean(2, 1)))} whatever the parameterization.`,
    train: (parameterization, natural, seed) =>
      classifier(seed, (parameterization + 1) as 1 | 2 | 3, natural, steps, wanted).recorded,
    targets: [{ name: 'truth (direction)', value: truth.map((value) => value * 3) }],
  });
}

/** Completion of a 20 × 20 matrix of rank 2: 2 parameterizations × 2 optimizers × 4 seeds. */
export function matrixCompletion(): ExperimentView {
  const steps = 1500;
  const wanted = sampledSteps(steps, 80);
  const { truth, observed } = completion(1, 1, true, 0, wanted);
  return view({
    experiment: 'Matrix completion',
    problem: {
      type: 'matrixCompletion',
      description: `${observed.length} of 400 entries of a 20 × 20 matrix of rank 2`,
      loss: 'square',
      errorName: 'RMSE',
      predictorShape: [20, 20],
      train: observed.length,
      test: 400 - observed.length,
      truth,
      observed: Int32Array.from(observed),
    },
    parameterizations: ['matrix itself', 'product of two'],
    optimizers: optimizers(6, 0.004, 'population'),
    seeds: 4,
    steps,
    claims: [['NGD never moves an unobserved entry', true]],
    sentence: (mean) =>
      `GD over a product completes the matrix (test RMSE ${number(mean(1, 0))}); NGD over it does not (${number(mean(1, 1))}).`,
    train: (parameterization, natural, seed) =>
      completion(seed, (parameterization + 1) as 1 | 2, natural, steps, wanted).recorded,
    targets: [{ name: 'truth of seed 1', value: truth }],
  });
}

/** The same experiment with as many runs as asked for: its runs again and again, as further seeds. */
export function manyRuns(small: ExperimentView, count: number): ExperimentView {
  const { grid } = small;
  if (!grid) return small;
  const copies = Math.ceil(count / grid.runs.length);
  const further = <T>(items: readonly T[], copy: (item: T, shift: number) => T) =>
    Array.from({ length: copies }, (_, i) => items.map((item) => copy(item, i))).flat();
  return {
    ...small,
    grid: {
      ...grid,
      seeds: further(grid.seeds, (seed, i) => seed + i * grid.seeds.length),
      runs: further(grid.runs, (run, i) => ({
        ...run,
        id: run.id + i * grid.runs.length,
        seed: run.seed + i * grid.seeds.length,
      })),
    },
    samples: further(small.samples, (batch, i) => ({ ...batch, run: batch.run + i * grid.runs.length })),
  };
}

/** Some of a batch's samples. */
export function part(batch: SampleBatch, from: number, to: number): SampleBatch {
  return {
    ...batch,
    step: batch.step.slice(from, to),
    time: batch.time.slice(from, to),
    trainLoss: batch.trainLoss.slice(from, to),
    trainError: batch.trainError.slice(from, to),
    testLoss: batch.testLoss.slice(from, to),
    testError: batch.testError.slice(from, to),
  };
}

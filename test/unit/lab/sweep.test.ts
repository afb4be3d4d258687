import { beforeEach, describe, expect, it } from 'vitest';
import { withRuns } from '../../../extension/engine/evaluation/planned.ts';
import { planExperiment } from '../../../extension/evaluator/grid/plan.ts';
import { readTextOnly } from '../../../extension/lab/compiler/source/functionSource.ts';
import { takeExperiments } from '../../../extension/lab/experiment.ts';
import {
  deepLinear,
  type ExperimentDefinition,
  experiment,
  gd,
  linear,
  network,
  regression,
  sweep,
} from '../../../extension/lab/index.ts';
import { ExperimentResult } from '../../../extension/lab/metrics/experimentResult.ts';
import type { RunResult, SweepPoint } from '../../../extension/lab/results.ts';
import { smallDefinition } from './smallDefinition.ts';
import { trained } from './trained.ts';

function planned(definition: Parameters<typeof experiment>[1]) {
  experiment('sweep', definition);
  const plan = planExperiment(takeExperiments()[0], readTextOnly, 1);
  return withRuns({ plan, dependencies: { data: [], volatile: [] } }).plan;
}

beforeEach(() => {
  takeExperiments();
});

describe('sweep', () => {
  it('makes one grid of points × parameterizations × optimizers × seeds, the last axis fastest', () => {
    const { grid, runs } = planned(
      sweep({ rate: [0.1, 0.2], depth: [1, 2, 2] }, ({ rate, depth }) =>
        smallDefinition({
          parameterizations: { deep: deepLinear({ depth }), linear: linear() },
          optimizers: { GD: gd({ rate }) },
          seeds: 2,
          steps: 3 * depth,
        }),
      ),
    );
    expect(grid.points).toEqual([
      { rate: 0.1, depth: 1 },
      { rate: 0.1, depth: 2 },
      { rate: 0.2, depth: 1 },
      { rate: 0.2, depth: 2 },
    ]);
    expect(grid.runs).toHaveLength(16);
    expect(runs[5]).toMatchObject({
      identity: { id: 5, point: { rate: 0.1, depth: 2 }, parameterization: 'deep', seed: 2 },
      optimizer: { rate: 0.1 },
      steps: 6,
    });
    expect(grid.steps).toBe(6);
  });

  it('builds a parameterization once for all points whose predictors are alike', () => {
    const shared = deepLinear({ depth: 2 });
    const { runs } = planned(
      sweep({ dimension: [3, 4], train: [5, 6] }, ({ dimension, train }) =>
        smallDefinition({ problem: regression({ dimension, train }), parameterizations: { shared } }),
      ),
    );
    const programs = new Map<number, Set<unknown>>([3, 4].map((dimension) => [dimension, new Set()]));
    for (const { identity, program } of runs) {
      expect(program.predictorShape).toEqual([identity.point?.dimension]);
      programs.get(program.predictorShape[0]!)?.add(program);
    }
    expect([...programs.values()].map(({ size }) => size)).toEqual([1, 1]);
  });

  it('measures paths by what each point allows, and leaves out what the points do not share', () => {
    const { grid, spaces, pictureSpace } = planned(
      sweep({ train: [2, 9] }, ({ train }) => smallDefinition({ problem: regression({ dimension: 4, train }) })),
    );
    expect(spaces).toEqual(['training outputs', 'predictors']);
    expect(pictureSpace).toBe('predictors');
    expect(grid.problem).toMatchObject({ predictorShape: [4], truth: null });
    const mixed = planned(smallDefinition({ parameterizations: { linear: linear(), net: network({ widths: [3] }) } }));
    expect(mixed.spaces).toEqual(['training outputs', 'training outputs']);
    expect(mixed.pictureSpace).toBe('training outputs');
    expect(
      planned(smallDefinition({ parameterizations: { net: network({ widths: [3] }) } })).grid.problem,
    ).toMatchObject({
      predictorShape: null,
      truth: null,
    });
  });

  it.each<[string, () => ExperimentDefinition | ReturnType<typeof sweep>]>([
    [
      "the parameterizations must be the same at every point; at depth 1 they are ['d1'], at depth 2 ['d2']",
      () =>
        sweep({ depth: [1, 2] }, ({ depth }) =>
          smallDefinition({ parameterizations: { [`d${depth}`]: deepLinear({ depth }) } }),
        ),
    ],
    ['the seeds must be the same', () => sweep({ seeds: [1, 2] }, ({ seeds }) => smallDefinition({ seeds }))],
    [
      "at steps 0: experiment: 'steps' must be a whole number",
      () => sweep({ steps: [1, 0] }, ({ steps }) => smallDefinition({ steps })),
    ],
    ["the axis 'a' must be an array of at least one value", () => sweep({ a: [] }, () => smallDefinition())],
    ["a value of the axis 'a' must be a finite number", () => sweep({ a: [Number.NaN] }, () => smallDefinition())],
    ['must name at least one axis', () => sweep({}, () => smallDefinition())],
    [
      "40 values of 'a' × 40 values of 'b' are 1600 points, more than the 1000 allowed",
      () =>
        sweep({ a: Array.from({ length: 40 }, (_, i) => i), b: Array.from({ length: 40 }, (_, i) => i) }, () =>
          smallDefinition(),
        ),
    ],
    [
      "'batch' is 7, which exceeds the 6 training examples",
      () => smallDefinition({ optimizers: { SGD: gd({ rate: 1, batch: 7 }) } }),
    ],
  ])('%s', (message, make) => {
    expect(() => planned(make())).toThrow(message);
  });
});

describe('results of a sweep', () => {
  const runs = [1, 2].flatMap((depth) =>
    [0.1, 0.2].flatMap((rate) => {
      const run = trained({
        problem: regression({ dimension: 4, train: 6, seed: 1 }),
        parameterization: deepLinear({ depth, scale: 0.5 }),
        optimizer: gd({ rate }),
        steps: 5,
      });
      return { ...run, point: { depth, rate } as SweepPoint } satisfies RunResult;
    }),
  );
  const result = new ExperimentResult(runs, new Map());

  it('are averaged over what a point leaves open', () => {
    expect(result.mean('o', 'p', { depth: 2, rate: 0.2 }).train.loss).toBe(runs[3].train.loss);
    expect(result.mean('o', 'p', { depth: 1 }).train.loss).toBe((runs[0].train.loss + runs[1].train.loss) / 2);
    expect(result.at({ rate: 0.2 }).runs).toEqual([runs[1], runs[3]]);
    expect(() => result.at({ depth: 3 })).toThrow('there is no point depth 3 in this experiment');
  });
});

/** Theory names a limit only where there is one: of many minimizers it names none. */
import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  elementwise,
  factorization,
  linear,
  matrixCompletion,
  naturalGradientFlow,
  ngd,
} from '../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { diagonalDepth } from '../../../../extension/lab/theory/diagonalDepth.ts';
import { leastL1Fit, maxL1Margin } from '../../../../extension/lab/theory/leastL1.ts';
import { naturalFlowLimit } from '../../../../extension/lab/theory/naturalFlowLimit.ts';
import { predictionsOf } from '../../../../extension/lab/theory/predictions/index.ts';
import { trainingData } from '../../../../extension/lab/theory/predictions/prediction.ts';
import { movesPredictorFreely } from '../../../../extension/lab/theory/predictorRank.ts';
import { squareDifferenceStart } from '../../../../extension/lab/theory/squareDifference.ts';
import { theoryOf } from '../../../../extension/lab/theory/theory.ts';
import { gaussianRows, trained } from '../training.ts';

const programOf = (p: Parameterization, problem: AnyProblem) => buildPredictor(p, problem, readTextOnly);

describe('linear programs', () => {
  it('with an edge of minimizers name no limit of natural gradient flow', async () => {
    // min 5 w₁ subject to w₁ ≥ 1, 2 w₁ ± w₂ ≥ 1: w₁ = 1, |w₂| ≤ 1.
    const x = Float64Array.of(1, 0, 2, 1, 2, -1);
    expect(await naturalFlowLimit(x, 3, 2, Float64Array.of(1, 1, 1), new Float64Array(2))).toBeNull();
    // A start off the axis of symmetry tilts the cost, and there is one.
    expect(await naturalFlowLimit(x, 3, 2, Float64Array.of(1, 1, 1), Float64Array.of(0, 0.3))).not.toBeNull();
  });

  it('with twin columns name no L1 fit or margin, and with columns of their own they do', async () => {
    const rows = gaussianRows(3, 4, 5);
    const twins = Float64Array.from(rows.flatMap((row) => [...row, row[0]]));
    const own = Float64Array.from(rows.flatMap((row) => [...row, 0.9 * row[0] - 0.2 * row[1]]));
    const y = Float64Array.from(rows, (row) => row[0]);
    const labels = y.map(Math.sign);
    expect(await leastL1Fit(twins, 4, 6, y)).toBeNull();
    expect(await leastL1Fit(own, 4, 6, y)).not.toBeNull();
    expect(await maxL1Margin(own, 4, 6, labels)).not.toBeNull();
    // A twin of a column that the margin uses.
    const margin = (await maxL1Margin(own, 4, 6, labels)) ?? new Float64Array(6);
    const used = margin.findIndex((value) => Math.abs(value) > 0.1);
    const doubled = Float64Array.from({ length: 4 }, (_, i) => own[i * 6 + used]);
    const wider = Float64Array.from(
      Array.from(doubled, (value, i) => [...own.subarray(i * 6, i * 6 + 6), value]).flat(),
    );
    expect(await maxL1Margin(wider, 4, 7, labels)).toBeNull();
  });

  it('with a degenerate vertex that is the only minimizer name it', async () => {
    // Three examples whose margins are all 1 at the same point of the plane.
    const x = Float64Array.of(1, 0, 0, 1, 0.5, 0.5);
    const w = await naturalFlowLimit(x, 3, 2, Float64Array.of(1, 1, 1), new Float64Array(2));
    expect(Array.from(w ?? [])).toEqual([1, 1]);
  });
});

describe('completions', () => {
  const names = async (problem: AnyProblem) =>
    (await predictionsOf(trainingData(drawProblem(problem, 1)))).map(({ name }) => name);

  it('that see a diagonal alone have many of least nuclear norm', async () => {
    const matrix = [
      [1, 0, 0],
      [0, 2, 0],
      [0, 0, 3],
    ];
    expect(
      await names(
        matrixCompletion({
          matrix,
          observed: [
            [0, 0],
            [1, 1],
            [2, 2],
          ],
        }),
      ),
    ).toEqual([]);
  });

  it('that see enough of a matrix of rank 1 have one', async () => {
    expect(await names(matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 28, seed: 3 }))).toEqual([
      'least nuclear norm',
    ]);
  });
});

describe('limits and curves of natural gradient flow', () => {
  const completion = matrixCompletion({ rows: 4, columns: 4, rank: 1, observed: 10, seed: 2 });
  const answer = async (problem: AnyProblem, parameterization: Parameterization, optimizer: AnyOptimizer) => {
    const run = trained({ problem, parameterization, optimizer, steps: 20 });
    const [first] = run.samples;
    const { origin: _origin, kind: _kind, ...rule } = optimizer;
    return theoryOf({
      point: null,
      seed: 1,
      problem,
      isShown: true,
      runs: [
        {
          run: 0,
          program: programOf(parameterization, problem),
          optimizer: rule,
          start: first.predictor,
          startOutputs: first.outputs ?? new Float64Array(),
          isFinished: run.singular === undefined,
          end: run.predictor,
          parameters: run.parameters,
          step: Float64Array.of(0, run.steps),
          time: Float64Array.of(0, run.time),
        },
      ],
    });
  };
  const says = async (parameterization: Parameterization, optimizer: AnyOptimizer) => {
    const { targets, curves } = await answer(completion, parameterization, optimizer);
    return { limit: targets.some(({ name }) => name === 'population flow'), curve: curves.length > 0 };
  };
  const flow = naturalGradientFlow({ until: 1, fisher: 'population' });

  it.each<[string, Parameterization, AnyOptimizer, { limit: boolean; curve: boolean }]>([
    ['hold for factors of full rank', factorization({ depth: 2, scale: 0.5 }), flow, { limit: true, curve: true }],
    [
      'not for factors of rank 2',
      factorization({ depth: 2, rank: 2, scale: 0.5 }),
      flow,
      { limit: false, curve: false },
    ],
    [
      'not with damping',
      linear(),
      naturalGradientFlow({ until: 1, fisher: 'population', damping: 1e-3 }),
      { limit: false, curve: false },
    ],
    ['not for long steps', linear(), ngd({ rate: 0.4, fisher: 'population' }), { limit: false, curve: false }],
    ['for short steps', linear(), ngd({ rate: 0.05, fisher: 'population' }), { limit: true, curve: true }],
  ])('%s', async (_name, parameterization, optimizer, expected) => {
    expect(await says(parameterization, optimizer)).toEqual(expected);
  });

  it('ask whether ∂w/∂θ has full rank, of a diagonal, a product and a program of no kind', () => {
    const vector = dataset({ train: { inputs: gaussianRows(1, 3, 4), labels: [1, -1, 1] }, loss: 'logistic' });
    const data = drawProblem(vector, 1);
    const product = programOf(
      elementwise({ u: 1, v: 1 }, ({ u, v }) => u * v),
      vector,
    );
    expect(movesPredictorFreely(product, data, [new Float64Array(8).fill(1)])).toBe(true);
    expect(movesPredictorFreely(product, data, [Float64Array.of(0, 1, 1, 1, 0, 1, 1, 1)])).toBe(false);
    const matrix = drawProblem(completion, 1);
    const factors = programOf(factorization({ depth: 3, rank: 4 }), completion);
    const regular = Float64Array.from(gaussianRows(7, 1, 48)[0]);
    expect(movesPredictorFreely(factors, matrix, [regular])).toBe(true);
    expect(movesPredictorFreely(factors, matrix, [regular, new Float64Array(48)])).toBe(false);
  });
});

describe('parameterizations are recognized', () => {
  const problem = dataset({ train: { inputs: gaussianRows(1, 3, 4), labels: [1, 2, 3] }, loss: 'square' });
  const startOf = (p: Parameterization) => squareDifferenceStart(programOf(p, problem), 1);

  it('in either order of the parameters, and with either sign', () => {
    const alpha = new Float64Array(4).fill(0.2);
    expect(startOf(elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => u * u - v * v))).toEqual(alpha);
    expect(startOf(elementwise({ v: 0.2, u: 0.2 }, ({ u, v }) => u * u - v * v))).toEqual(alpha);
    expect(startOf(elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => v ** 2 - u ** 2))).toEqual(alpha);
    expect(
      diagonalDepth(
        programOf(
          elementwise({ b: 0.2, a: 0.2 }, ({ a, b }) => a ** 3 - b ** 3),
          problem,
        ),
      ),
    ).toBe(3);
  });

  it('by their values everywhere, not where all parameters are positive alone', () => {
    expect(startOf(elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => u * Math.abs(u) - v * v))).toBeNull();
    expect(
      diagonalDepth(
        programOf(
          elementwise({ u: 1, v: 1 }, ({ u, v }) => Math.abs(u * v)),
          problem,
        ),
      ),
    ).toBeNull();
  });
});

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
import { movesPredictorFreely } from '../../../../extension/lab/theory/predictorRank.ts';
import { theoryOf } from '../../../../extension/lab/theory/theory.ts';
import { gaussianRows, trained } from '../trained.ts';

const programOf = (p: Parameterization, problem: AnyProblem) => buildPredictor(p, problem, readTextOnly);

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

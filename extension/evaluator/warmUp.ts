/**
 * Plans a small experiment, so that V8 has compiled what every request needs before one arrives: planning takes about
 * five times as long the first time.
 */
import { experiment, takeExperiments } from '../lab/experiment.ts';
import { gd } from '../lab/optimizers/gd.ts';
import { ngd } from '../lab/optimizers/ngd.ts';
import { elementwise } from '../lab/parameterizations/elementwise.ts';
import { linear } from '../lab/parameterizations/linear.ts';
import { separable } from '../lab/problems/separable.ts';
import { planExperiment } from './grid/plan.ts';
import { withFunctionReader } from './loader/functionReader.ts';

export function warmUp(): void {
  experiment('warm-up', {
    problem: separable({ dimension: 4, train: 3 }),
    parameterizations: { linear: linear(), square: elementwise({ u: 1, v: 1 }, ({ u, v }) => u * u - v * v) },
    optimizers: { gd: gd({ rate: 0.1 }), ngd: ngd({ rate: 0.1 }) },
    steps: 1,
  });
  for (const planned of takeExperiments()) withFunctionReader((read) => planExperiment(planned, read, 1));
}

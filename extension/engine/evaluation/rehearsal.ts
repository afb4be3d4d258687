/** What evaluators load and plan before there is a request: everything on the way is slow the first time. */
import type { SourceModule } from '../../evaluator/protocol.ts';

const source = `
import { elementwise, experiment, gd, linear, ngd, separable } from 'depth-lab';

const power = 3;

experiment('Rehearsal', {
  problem: separable({ dimension: 100, train: 80, test: 10 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v),
    'w = u³ - v³': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u ** power - v ** power),
  },
  optimizers: { GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.1 }) },
  steps: 100,
  seeds: 4,
});
`;

/**
 * A lab file in the place of one that exists, because Node looks for it.
 * @param script the evaluator's script
 * @param time a module is loaded once, so each time it has another query
 */
export function rehearsal(script: URL, time: number): SourceModule {
  const url = new URL(script);
  url.searchParams.set('rehearsal', String(time));
  return { url: url.href, format: 'module', source, imports: {} };
}

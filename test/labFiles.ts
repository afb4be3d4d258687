/** Lab files for the tests. */

interface Small {
  name?: string;
  /** Text of the second parameterization's function. */
  square?: string;
  rate?: number;
  steps?: number;
  seeds?: number;
}

/** A quick experiment of 17 lines: its parameterizations are in the fourth and fifth, its claims in the fourteenth and fifteenth. */
export function small({
  name = 'Small',
  square = 'u * u - v * v',
  rate = 0.05,
  steps = 200,
  seeds = 2,
}: Small = {}): string {
  return `experiment('${name}', {
  problem: separable({ dimension: 40, train: 30, test: 500, sparsity: 3 }),
  parameterizations: {
    'linear': linear(),
    'square': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => ${square}),
  },
  optimizers: {
    GD: gd({ rate: ${rate}, normalized: true }),
    NGD: ngd({ rate: ${rate} }),
  },
  steps: ${steps},
  seeds: ${seeds},
  claims: {
    'depth helps GD': ({ result }) => result.mean('GD', 'square').test.error < result.mean('GD', 'linear').test.error,
    'the moon is made of cheese': ({ result }) => result.mean('GD', 'linear').test.error > 1,
  },
});
`;
}

/** Makes a file of experiments: the first begins in line 3. */
export function labFile(...experiments: string[]): string {
  return `import { elementwise, experiment, gd, linear, ngd, separable } from 'depth-lab';\n\n${experiments.join('\n')}`;
}

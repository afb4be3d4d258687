/** Values to start from, as source text, for options that must be given: by name, and by block where blocks differ. */
import type { Fix, OptionPath } from './fixes.ts';

const common: Readonly<Record<string, string>> = {
  ...{ dimension: '20', train: '10', rows: '10', columns: '10', rank: '2', observed: '50', measurements: '50' },
  ...{ rate: '0.1', until: '100', depth: '2', widths: '[20]', steps: '1000' },
  ...{ problem: 'separable({ dimension: 20, train: 10 })' },
  ...{ parameterizations: "{ 'w = θ': linear() }", optimizers: '{ GD: gd({ rate: 0.1 }) }' },
  ...{ start: '0.1', end: '0.001', csv: "'data.csv'", npy: "'data.npy'", npz: "'data.npz'" },
};

const own: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ngd: { rate: '0.01' },
  gaussNewton: { rate: '1' },
  adam: { rate: '0.01' },
  signDescent: { rate: '0.01' },
  naturalGradientFlow: { until: '10' },
};

/** A sensible value for an option of a block, as source text; null if none is known. */
export function exampleOf(block: string, option: string): string | null {
  const found = [own[block], common].find((examples) => examples && Object.hasOwn(examples, option));
  return found?.[option] ?? null;
}

/** The fix for an option that must be given; none if no value is sensible. */
export function missingOption(block: string, option: string, path: OptionPath = []): Fix[] {
  const value = exampleOf(block, option);
  return value === null ? [] : [{ type: 'set', path: [...path, option], value }];
}

/** Building blocks that may be named in place of their calls. */
const calls: Readonly<Record<string, string>> = {
  ...{ linear: 'linear()', diagonal: 'diagonal({ depth: 2 })', deepLinear: 'deepLinear({ depth: 2 })' },
  ...{ factorization: 'factorization({ depth: 2 })', convolutional: 'convolutional({ depth: 2 })' },
  ...{ network: 'network({ widths: [20] })', gd: 'gd({ rate: 0.1 })', ngd: 'ngd({ rate: 0.01 })' },
  ...{ momentum: 'momentum({ rate: 0.1 })', adam: 'adam({ rate: 0.01 })', signDescent: 'signDescent({ rate: 0.01 })' },
  ...{
    gaussNewton: 'gaussNewton({ rate: 1 })',
    kfac: 'kfac({ rate: 0.1 })',
    gradientFlow: 'gradientFlow({ until: 100 })',
  },
  naturalGradientFlow: 'naturalGradientFlow({ until: 10 })',
  separable: 'separable({ dimension: 20, train: 10 })',
  regression: 'regression({ dimension: 20, train: 10 })',
  matrixCompletion: 'matrixCompletion({ rows: 10, columns: 10, rank: 2, observed: 50 })',
};

/** A call of a building block, as source text; null if it is none, or needs what only the user knows. */
export const callOf = (block: string): string | null => (Object.hasOwn(calls, block) ? calls[block]! : null);

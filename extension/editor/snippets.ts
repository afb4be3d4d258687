/** What is offered to begin with: parameterizations, optimizers, claims, experiments and sweeps. */
import type { Kind } from '../definitions/index.ts';

/** A piece of a lab file to start from. */
export interface Snippet {
  /** What is typed to find it. */
  label: string;
  /** What it is, in a few words. */
  detail: string;
  /** `«1:text»` is what is filled in first, `«2|a,b»` a choice. */
  body: string;
  /** Names of the module `depth-lab` that it uses. */
  imports: readonly string[];
}

/** An entry that is one call of a building block. */
const call = (block: string, name: string, options: string, detail: string): Snippet => ({
  label: block,
  detail,
  body: `'«1:${name}»': ${block}(${options}),`,
  imports: [block],
});

const parameterizations: readonly Snippet[] = [
  call(
    'elementwise',
    'w = u² - v²',
    '{ «2:u: 0.1, v: 0.1» }, ({ «3:u, v» }) => «4:u * u - v * v»',
    'each weight a function of its own parameters',
  ),
  call('linear', 'w = θ', '', 'the predictor itself: w = θ'),
  call('diagonal', 'w = u³ - v³', '{ depth: «2:3», scale: «3:0.1» }', 'a diagonal linear network: w = u^L - v^L'),
  call('deepLinear', 'w = W₂ W₁', '{ depth: «2:2», scale: «3:0.1» }', 'a deep linear network'),
  call('factorization', 'W = W₂ W₁', '{ depth: «2:2», scale: «3:0.1» }', 'a deep matrix factorization'),
  call('convolutional', 'w = a ∗ b', '{ depth: «2:2», scale: «3:0.1» }', 'a linear convolutional network'),
  call('network', '64 tanh', "{ widths: [«2:64»], activation: '«3:tanh»' }", 'a fully connected network'),
  {
    label: 'parameterization',
    detail: 'a program of tensor operations',
    body: "'«1:w = a ∗ b»': parameterization(\n  { «2:a: vector(20), b: vector(20)» },\n  ({ «3:a, b» }) => «4:convolve(a, b)»,\n  { scale: «5:0.1» },\n),",
    imports: ['parameterization', 'vector', 'convolve'],
  },
];

const optimizers: readonly Snippet[] = [
  call('gd', 'GD', '{ rate: «2:0.1» }', 'gradient descent'),
  call('ngd', 'NGD', "{ rate: «2:0.01», fisher: '«3|train,population,empirical»' }", 'natural gradient descent'),
  call('gradientFlow', 'gradient flow', '{ until: «2:100» }', 'gradient flow, integrated with error control'),
  call('naturalGradientFlow', 'natural gradient flow', '{ until: «2:10» }', 'natural gradient flow'),
  call('momentum', 'momentum', '{ rate: «2:0.1», momentum: «3:0.9» }', 'gradient descent with momentum'),
  call('adam', 'Adam', '{ rate: «2:0.01» }', 'Adam'),
  call('signDescent', 'sign descent', '{ rate: «2:0.01» }', 'sign descent'),
  call('gaussNewton', 'Gauss-Newton', '{ rate: «2:1», damping: «3:1e-4» }', 'the Gauss–Newton method'),
  call('kfac', 'K-FAC', '{ rate: «2:0.1», damping: «3:1e-3» }', 'Kronecker-factored approximate curvature'),
];

const claim = (label: string, name: string, holds: string, detail: string): Snippet => ({
  label,
  detail,
  body: `'«1:${name}»': ({ result }) =>\n  ${holds},`,
  imports: [],
});

const claims: readonly Snippet[] = [
  claim(
    'mean',
    'depth helps GD',
    "result.mean('«2:GD»', '«3:deep»').test.error < result.mean('«2:GD»', '«4:linear»').test.error",
    'compares two cells of the grid',
  ),
  claim(
    'invariance',
    'NGD takes one path',
    "result.invariance('«2:NGD»') < «3:0.05»",
    'how far the paths of the parameterizations differ',
  ),
  claim(
    'angle',
    'GD finds the max-margin classifier',
    "result.angle('«2:max L2 margin»', '«3:GD»', '«4:linear»') < «5:0.1»",
    'the angle to a predicted direction, in radians',
  ),
  claim(
    'distance',
    'GD finds the least squares fit',
    "result.distance('«2:least squares»', '«3:GD»', '«4:linear»') < «5:0.01»",
    'the distance to a predicted predictor',
  ),
];

const parts = `  problem: «2:separable({ dimension: 40, train: 30, test: 2000, sparsity: 3 })»,
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v),
  },
  optimizers: {
    GD: gd({ rate: «3:0.2» }),
    NGD: ngd({ rate: «4:0.01» }),
  },
  steps: «5:1000»,
  seeds: «6:4»,`;
const blocks = ['experiment', 'separable', 'linear', 'elementwise', 'gd', 'ngd'];

export const statements: readonly Snippet[] = [
  {
    label: 'experiment',
    detail: 'parameterizations under gradient descent and natural gradient descent',
    body: `experiment('«1:name»', {\n${parts}\n});`,
    imports: blocks,
  },
  {
    label: 'sweep',
    detail: 'an experiment at each value of an axis',
    body: `experiment('«1:name»', sweep({ scale: [«7:0.01, 0.1, 1»] }, ({ scale }) => ({\n${parts.replace('u: 0.1, v: 0.1', 'u: scale, v: scale')}\n})));`,
    imports: [...blocks, 'sweep'],
  },
];

export const entries: Readonly<Record<Kind, readonly Snippet[]>> = { parameterizations, optimizers, claims };

/** In the notation of VS Code, where a placeholder may not have some characters as they are. */
export function snippetText(body: string): string {
  return body.replace(/[\\$]/g, '\\$&').replace(/«(\d)([:|])([^»]*)»/g, (_all, number, sign, text: string) => {
    const written = text.replace(/[}]/g, '\\$&');
    return sign === ':' ? `\${${number}:${written}}` : `\${${number}|${written}|}`;
  });
}

/** As it is without anything filled in. */
export const plainText = (body: string): string =>
  body.replace(/«\d([:|])([^»]*)»/g, (_all, sign, text: string) => (sign === ':' ? text : (text.split(',')[0] ?? '')));

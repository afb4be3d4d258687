/** What is swapped in the files of the gallery, to see which claims notice. */
import { optionIn, replaceCalls, withOption } from './calls.ts';

export interface Mutation {
  name: string;
  /** What it does, for the documentation. */
  meaning: string;
  /** The changed text of a lab file; the same text if there is nothing to change. */
  apply(text: string): string;
  /** Changes a table of data, given as lines without comments. */
  applyToTable?(lines: string[]): string[];
}

/** The flow's time, as it is written: at most 10 where the other kind of flow would take forever. */
const time = (inside: string) => `Math.min(10, ${optionIn(inside, 'until') ?? '1'})`;

const naturalSteps = (text: string, change: (inside: string) => string | null) =>
  ['naturalGradientFlow', 'ngd'].reduce(
    (changed, name) => replaceCalls(changed, name, (inside) => wrap(name, change(inside))),
    text,
  );
const wrap = (name: string, inside: string | null) => (inside === null ? null : `${name}(${inside})`);

/** With `sparsity` or `rank` replaced. */
const replaceOption = (inside: string, option: string, value: string) =>
  inside.replace(new RegExp(`(?<![\\w.])${option}: [^,}\\n]+`), `${option}: ${value}`);

export const mutations: Mutation[] = [
  {
    name: 'gradient → natural',
    meaning: 'Gradient descent and gradient flow become natural.',
    apply: (text) =>
      replaceCalls(
        replaceCalls(text, 'gradientFlow', (inside) => `lab.naturalGradientFlow({ until: ${time(inside)} })`),
        'gd',
        () => 'lab.ngd({ rate: 0.01 })',
      ),
  },
  {
    name: 'natural → gradient',
    meaning: 'Natural gradient descent and flow become plain.',
    apply: (text) =>
      replaceCalls(
        replaceCalls(
          text,
          'naturalGradientFlow',
          (inside) => `lab.gradientFlow({ until: ${optionIn(inside, 'until')} })`,
        ),
        'ngd',
        (inside) => `lab.gd({ rate: ${optionIn(inside, 'rate')} })`,
      ),
  },
  {
    name: 'Fisher',
    meaning: 'The Fisher information of the population becomes that of the training inputs, and the reverse.',
    apply: (text) =>
      naturalSteps(text, (inside) => {
        const rest = inside.replace(/\s*fisher: '\w+',?/, '');
        return withOption(rest, `fisher: '${inside.includes("'population'") ? 'train' : 'population'}'`);
      }),
  },
  {
    name: 'damping',
    meaning: 'Natural gradients are damped, λ = 0.1.',
    apply: (text) =>
      naturalSteps(text, (inside) =>
        withOption(inside.replace(/\s*damping(: [^,}\n]+)?(?=[,}\s])/, '').replace(/,\s*,/, ','), 'damping: 0.1'),
      ),
  },
  {
    name: 'parameterization',
    meaning: 'Every parameterization becomes w = θ; every network becomes one of 40 tanh units.',
    apply: (text) => {
      const linear = ['diagonal', 'elementwise', 'factorization', 'convolutional'].reduce(
        (changed, name) => replaceCalls(changed, name, () => 'lab.linear()'),
        text,
      );
      return replaceCalls(linear, 'network', () => 'lab.network({ widths: [40], zeroOutput: true })');
    },
  },
  {
    name: 'start',
    meaning: 'Every scale of a start becomes 1.',
    apply: (text) => text.replace(/\b(scale|u|v): 0\.\d+/g, '$1: 1').replace('const scale = 0.1', 'const scale = 1'),
  },
  {
    name: 'labels',
    meaning:
      'Labels are flipped with probability 0.3, targets get noise of standard deviation 1, real labels are shuffled.',
    apply: (text) => {
      const flipped = replaceCalls(text, 'separable', (inside) => `separable(${withOption(inside, 'noise: 0.3')})`);
      return ['regression', 'matrixCompletion', 'teacher'].reduce(
        (changed, name) =>
          replaceCalls(changed, name, (inside) =>
            inside.includes('matrix:') ? null : `${name}(${withOption(inside, 'noise: 1')})`,
          ),
        flipped,
      );
    },
    applyToTable: ([header, ...rows]) => {
      const isFirst = header!.startsWith('digit');
      const cells = rows.map((row) => row.split(','));
      const at = isFirst ? 0 : cells[0]!.length - 1;
      // A fixed permutation: 101 is prime to the number of rows.
      const labels = cells.map((_, i) => cells[(101 * i + 7) % cells.length]![at]!);
      return [header!, ...cells.map((row, i) => row.map((cell, j) => (j === at ? labels[i]! : cell)).join(','))];
    },
  },
  {
    name: 'truth',
    meaning:
      'A sparse truth becomes dense and a dense one sparse, a matrix of low rank one of full rank, a network of 3 units one of 30.',
    apply: (text) => {
      const vectors = ['separable', 'regression'].reduce(
        (changed, name) =>
          replaceCalls(changed, name, (inside) =>
            optionIn(inside, 'sparsity') === null
              ? `${name}(${withOption(inside, 'sparsity: 1')})`
              : `${name}(${inside.replace(/\s*sparsity: \d+,?/, '')})`,
          ),
        text,
      );
      const matrices = replaceCalls(vectors, 'matrixCompletion', (inside) =>
        inside.includes('matrix:')
          ? `matrixCompletion(${inside.replace('i === j ? s : 0', 's + 3 * Math.sin(1 + i * j + 2 * j)')})`
          : `matrixCompletion(${replaceOption(inside, 'rank', '10')})`,
      );
      return replaceCalls(matrices, 'teacher', (inside) => `teacher(${inside.replace('widths: [3]', 'widths: [30]')})`);
    },
  },
  {
    name: 'time',
    meaning: 'Training ends after 1 % of the time.',
    apply: (text) => {
      const flows = ['gradientFlow', 'naturalGradientFlow'].reduce(
        (changed, name) =>
          replaceCalls(changed, name, (inside) => {
            const until = optionIn(inside, 'until');
            const rest = inside.replace(/until(: [^,}\n]+)?(?=[,}\s])/, `until: 0.01 * (${until})`);
            return `${name}(${rest})`;
          }),
        text,
      );
      return flows.replace(/\bsteps: (\d+)/g, (_, steps) => `steps: ${Math.max(1, Math.round(Number(steps) / 100))}`);
    },
  },
];

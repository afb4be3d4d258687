/** The quantities that a sweep can show of every cell. */
import { comparisonsOf, numberText, spreadText, type Unit } from '../../extension/lab/results/index.ts';
import type { Comparison, RunResult } from '../../extension/lab/results.ts';
import { typeset } from '../format.ts';
import type { Experiment } from '../state.ts';
import type { ChartInput } from './input.ts';

/** One quantity. */
export interface Metric {
  key: string;
  name: string;
  unit: Unit;
  /** Whether small or large values are best; null if neither is. */
  best: 'low' | 'high' | null;
  /** The value of one run; null if it has none. */
  of(run: RunResult): number | null;
  /** Instead: one value for each optimizer at a point, over all its parameterizations. */
  ofOptimizer?: (point: number, optimizer: string) => number | null;
}

/** Names and units of the norms that runs report. */
const norms: Record<string, string> = {
  l1: 'ℓ₁ norm',
  l2: 'ℓ₂ norm',
  max: 'largest coefficient',
  frobenius: 'Frobenius norm',
  nuclear: 'nuclear norm',
  spectral: 'spectral norm',
  effectiveRank: 'effective rank',
};

/** The quantities that the runs of an experiment have. */
export function metricsOf({ experiment, grid }: Pick<ChartInput, 'experiment' | 'grid'>): Metric[] {
  const { errorName, test, loss } = grid.problem;
  const errorUnit: Unit = errorName === 'error rate' ? 'share' : 'number';
  const of = (part: 'train' | 'test' | 'gap', name: 'error' | 'loss') => (run: RunResult) => run[part]?.[name] ?? null;
  const pair = (part: 'train' | 'test' | 'gap', words: string): Metric[] => [
    { key: `${part}.error`, name: `${words} ${errorName}`, unit: errorUnit, best: 'low', of: of(part, 'error') },
    { key: `${part}.loss`, name: `${words} loss`, unit: 'number', best: 'low', of: of(part, 'loss') },
  ];
  const first = experiment.runs.values().next().value;
  return [
    ...(test > 0 ? [...pair('test', 'test'), ...pair('gap', 'gap in')] : []),
    ...pair('train', 'training'),
    ...(loss === 'logistic' ? marginMetrics : []),
    ...Object.keys(first?.norms ?? {}).map(
      (key): Metric => ({
        ...{ key: `norms.${key}`, name: norms[key] ?? key, unit: 'number', best: null },
        of: (run) => run.norms?.[key] ?? null,
      }),
    ),
    ...theoryMetrics(experiment),
    ...invarianceMetric(experiment),
  ];
}

const marginMetrics: Metric[] = (['min', 'mean'] as const).map((which) => ({
  ...{
    key: `margins.${which}`,
    name: which === 'min' ? 'smallest margin' : 'mean margin',
    unit: 'number',
    best: 'high',
  },
  of: (run) => run.margins?.[which] ?? null,
}));

function theoryMetrics({ theory }: Experiment): Metric[] {
  const compared = comparisonsOf(theory);
  const kinds = new Map<string, Comparison>();
  for (const { comparisons } of theory)
    for (const { to } of comparisons) for (const [name, one] of Object.entries(to)) kinds.set(name, one);
  return [...kinds].map(([name, one]) => {
    const kind = 'angle' in one ? 'angle' : 'distance' in one ? 'distance' : 'residual';
    const words = kind === 'residual' ? `residual of ${name}` : `${kind} to ${name}`;
    return {
      ...{ key: `theory.${name}`, name: words, unit: kind === 'angle' ? 'angle' : 'number', best: 'low' },
      of: ({ id }) => amountOf(compared.get(id)?.[name]),
    };
  });
}

function amountOf(one: Comparison | undefined): number | null {
  if (!one) return null;
  return 'angle' in one ? one.angle : 'distance' in one ? one.distance : one.residual;
}

function invarianceMetric({ summary }: Experiment): Metric[] {
  const pathsAt = summary?.pathsAt;
  if (!pathsAt?.some((paths) => Object.values(paths).some((one) => one !== null))) return [];
  return [
    {
      ...{ key: 'invariance', name: 'distance between the paths', unit: 'share', best: 'low' },
      of: () => null,
      ofOptimizer: (point, optimizer) => pathsAt[point]?.[optimizer]?.distance ?? null,
    },
  ];
}

/** A value of a metric in words. */
export const metricText = (value: number | null, { unit }: Pick<Metric, 'unit'>): string =>
  typeset(numberText(value, unit));

/** Mean and deviation of a metric in words. */
export const metricSpread = (spread: Parameters<typeof spreadText>[0], { unit }: Pick<Metric, 'unit'>): string =>
  typeset(spreadText(spread, unit));

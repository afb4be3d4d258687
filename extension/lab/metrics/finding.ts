/** The finding: one sentence from the numbers, never more optimistic than they are. */
import type { PathCount, PathSpace, RunResult, Summary, SweepPoint } from '../results.ts';
import { describePoint } from '../sweep.ts';
import { invariance, pathSeparation, type Trajectory } from './invariance.ts';

/** Paths that part by less than this share of the way gone count as one. */
const SAME_PATH = 0.1;

/**
 * Summarizes the runs that have finished.
 * @param space what the trajectories are trajectories of, where it is one thing
 */
export function summarize(
  runs: readonly RunResult[],
  trajectories: ReadonlyMap<number, Trajectory>,
  isRate: boolean,
  space: PathSpace | null = null,
): Summary {
  const optimizers = [...new Set(runs.map((run) => run.optimizer))];
  const distances = Object.fromEntries(optimizers.map((name) => [name, invariance(runs, trajectories, name)]));
  const paths = optimizers.map((name) => [name, pathsOf(runs, trajectories, name)] as const);
  const counted = paths.flatMap(([optimizer, found]) => (found ? { optimizer, ...found } : []));
  const sentences = [pathPhrase(counted), comparison(runs, isRate)].filter((part) => part !== '');
  return {
    sentence: sentences.map((part) => `${part}.`).join(' '),
    invariance: distances,
    paths: Object.fromEntries(paths),
    space,
  };
}

/** The paths that an optimizer takes in function space. */
interface Paths extends PathCount {
  optimizer: string;
}

function pathsOf(
  runs: readonly RunResult[],
  trajectories: ReadonlyMap<number, Trajectory>,
  optimizer: string,
): PathCount | null {
  const apart = invariance(runs, trajectories, optimizer, pathSeparation);
  return apart === null ? null : { count: distinctPaths(runs, trajectories, optimizer), apart };
}

/** For example `NGD takes one path (apart by 0.4 % of the way)`; many optimizers are told in two groups. */
function pathPhrase(paths: readonly Paths[]): string {
  if (paths.length <= 3) {
    const phrases = paths.map(({ optimizer, count, apart }) => {
      return `${optimizer} takes ${numeral(count)} ${count === 1 ? 'path' : 'paths'} (apart by ${wayText([apart])})`;
    });
    return phrases.join('; ');
  }
  const group = (verb: string, members: readonly Paths[]) => {
    const names = members.map(({ optimizer }) => optimizer).join(', ');
    return members.length === 0 ? [] : [`${verb} ${names} (apart by ${wayText(members.map(({ apart }) => apart))})`];
  };
  return [
    ...group(
      'One path for every parameterization under',
      paths.filter(({ count }) => count === 1),
    ),
    ...group(
      'paths of their own under',
      paths.filter(({ count }) => count > 1),
    ),
  ].join('; ');
}

/** For example `one path: apart by 0.4 %`, or `3 paths: apart by 79 %`. */
export function pathsText({ count, apart }: PathCount): string {
  const share = Number.isFinite(apart) ? `apart by ${significant(100 * apart)} %` : 'apart by more than can be told';
  return `${count === 1 ? 'one path' : `${count} paths`}: ${share}`;
}

/** Shares of the way, from the least to the largest. */
function wayText(shares: readonly number[]): string {
  if (!shares.every(Number.isFinite)) return 'a way that is not finite';
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map((share) => significant(100 * share));
  return low === high ? `${low} % of the way` : `${low} to ${high} % of the way`;
}

/** Parameterizations whose paths coincide for every seed belong together; the number of such groups. */
function distinctPaths(
  runs: readonly RunResult[],
  trajectories: ReadonlyMap<number, Trajectory>,
  optimizer: string,
): number {
  const names = [...new Set(runs.filter((run) => run.optimizer === optimizer).map((run) => run.parameterization))];
  const same = (a: string, b: string) => {
    const firsts = runs.filter((run) => run.optimizer === optimizer && run.parameterization === a);
    return firsts.every((first) => {
      const second = runs.find(
        (run) =>
          run.optimizer === optimizer &&
          run.parameterization === b &&
          run.seed === first.seed &&
          JSON.stringify(run.point) === JSON.stringify(first.point),
      );
      const paths = second && [trajectories.get(first.id), trajectories.get(second.id)];
      const distance = paths?.[0] && paths[1] ? pathSeparation(paths[0], paths[1]) : null;
      return distance !== null && distance < SAME_PATH;
    });
  };
  const groups: string[][] = [];
  for (const name of names) {
    const group = groups.find((members) => members.every((member) => same(member, name)));
    if (group) group.push(name);
    else groups.push([name]);
  }
  return groups.length;
}

interface Cell {
  optimizer: string;
  parameterization: string;
  point: SweepPoint | null;
  mean: number;
  /** Standard deviation over the seeds; 0 with a single one. */
  spread: number;
  seeds: number;
}

/** Compares the best cell of each optimizer on the test data. */
function comparison(runs: readonly RunResult[], isRate: boolean): string {
  const optimizers = [...new Set(runs.map((run) => run.optimizer))];
  const best = optimizers.flatMap((optimizer) => bestCell(runs.filter((run) => run.optimizer === optimizer)) ?? []);
  if (best.length === 0) return '';
  const what = isRate ? 'test error' : 'test RMSE';
  const value = (cell: Cell) => (isRate ? percent(cell.mean, cell.spread) : plusMinus(cell.mean, cell.spread));
  const name = ({ optimizer, parameterization, point }: Cell) =>
    `${optimizer} with ‘${parameterization}’${point ? ` at ${describePoint(point)}` : ''}`;
  if (best.length === 1) return `Lowest ${what}: ${name(best[0])}, ${value(best[0])}`;
  const [first, second] = [...best].sort((a, b) => a.mean - b.mean);
  const apart = second.mean - first.mean;
  // Two standard errors of the difference of the means.
  const error = Math.hypot(first.spread / Math.sqrt(first.seeds), second.spread / Math.sqrt(second.seeds));
  const sure = apart > 2 * error && apart > 0;
  if (!sure)
    return `No difference in ${what} is seen between ${name(first)} (${value(first)}) and ${name(second)} (${value(second)})`;
  const hedge = first.seeds < 2 || second.seeds < 2 ? ' (one seed)' : '';
  return `Lowest ${what}${hedge}: ${name(first)} ${value(first)}, against ${value(second)} of the best ${second.optimizer}`;
}

function bestCell(runs: readonly RunResult[]): Cell | null {
  const byCell = new Map<string, RunResult[]>();
  for (const run of runs) {
    const key = JSON.stringify([run.point, run.parameterization]);
    byCell.set(key, [...(byCell.get(key) ?? []), run]);
  }
  const cells = [...byCell.values()].map((cell) => {
    const errors = cell.map((run) => run.test?.error ?? Number.NaN);
    const mean = errors.reduce((sum, x) => sum + x, 0) / errors.length;
    const variance = errors.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, errors.length - 1);
    const spread = Math.sqrt(variance);
    const { optimizer, parameterization, point } = cell[0];
    return { optimizer, parameterization, point, mean, spread, seeds: errors.length };
  });
  const finite = cells.filter((cell) => Number.isFinite(cell.mean));
  return finite.length === 0 ? null : finite.reduce((a, b) => (b.mean < a.mean ? b : a));
}

function numeral(count: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six'][count] ?? String(count);
}

function significant(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(2))) : 'not finite';
}

function percent(mean: number, spread: number): string {
  const digits = 100 * (spread > 0 ? spread : mean) < 1 ? 1 : 0;
  return `${(100 * mean).toFixed(digits)} %${spread > 0 ? ` ± ${(100 * spread).toFixed(digits)}` : ''}`;
}

/** With as many digits as the spread leaves certain. */
function plusMinus(mean: number, spread: number): string {
  if (!(spread > 0)) return significant(mean);
  const leading = Math.floor(Math.log10(spread));
  // One digit of the spread, two where it begins with 1.
  const digits = Math.min(12, Math.max(0, (spread < 2 * 10 ** leading ? 1 : 0) - leading));
  return `${mean.toFixed(digits)} ± ${spread.toFixed(digits)}`;
}

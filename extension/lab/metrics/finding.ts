/** The finding: one sentence from the numbers, never more optimistic than they are. */
import { counts } from '../results/index.ts';
import type { PathCount, PathSpace, RunIdentity, RunResult, Summary } from '../results.ts';
import { comparison, lossesPhrase } from './bestCells.ts';
import { invariance, pathSeparation, type Trajectory } from './invariance.ts';

/** Paths that part by less than this share of the way gone count as one. */
const SAME_PATH = 0.1;

/**
 * Summarizes the runs that have ended. Those that diverged are counted, and in no other number.
 * @param space what the trajectories are trajectories of, where it is one thing
 * @param planned all runs of the grid: those of them that have not ended were stopped
 */
export function summarize(
  ended: readonly RunResult[],
  trajectories: ReadonlyMap<number, Trajectory>,
  isRate: boolean,
  space: PathSpace | null = null,
  planned: readonly RunIdentity[] = ended,
): Summary {
  const optimizers = [...new Set(ended.map((run) => run.optimizer))];
  const runs = ended.filter(counts);
  const distances = Object.fromEntries(optimizers.map((name) => [name, invariance(runs, trajectories, name)]));
  const paths = optimizers.map((name) => [name, pathsOf(runs, trajectories, name)] as const);
  const counted = paths.flatMap(([optimizer, found]) => (found ? { optimizer, ...found } : []));
  const parts = [pathPhrase(counted), comparison(ended, planned, isRate), lossesPhrase(ended, planned)];
  const sentences = parts.filter((part) => part !== '');
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

function numeral(count: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six'][count] ?? String(count);
}

function significant(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(2))) : 'not finite';
}

/** The finding: one cautious sentence that summarizes the results. */
import { counts } from '../results/index.ts';
import type { PathCount, PathSpace, RunIdentity, RunResult, Summary } from '../results.ts';
import { comparison, lossesPhrase } from './bestCells.ts';
import { invariance, type PathsByRun, pathDifference } from './invariance.ts';

/** Paths whose relative distance is below this count as one. */
const SAME_PATH = 0.1;

/**
 * Summarizes the runs that have ended. Diverged runs are counted, but excluded from all other numbers.
 * @param space the space of the trajectories, if it is the same for all
 * @param planned all runs of the grid; runs without a result were stopped
 */
export function summarize(
  ended: readonly RunResult[],
  trajectories: PathsByRun,
  isRate: boolean,
  space: PathSpace | null = null,
  planned: readonly RunIdentity[] = ended,
): Summary {
  const optimizers = [...new Set(ended.map((run) => run.optimizer))];
  const runs = ended.filter(counts);
  const paths = optimizers.map((name) => [name, pathsOf(runs, trajectories, name)] as const);
  const counted = paths.flatMap(([optimizer, found]) => (found ? { optimizer, ...found } : []));
  const parts = [pathPhrase(counted), comparison(ended, planned, isRate), lossesPhrase(ended, planned)];
  const sentences = parts.filter((part) => part !== '');
  return {
    sentence: sentences.map((part) => `${part}.`).join(' '),
    paths: Object.fromEntries(paths),
    space,
  };
}

/** The paths of one optimizer in function space. */
interface Paths extends PathCount {
  optimizer: string;
}

function pathsOf(runs: readonly RunResult[], trajectories: PathsByRun, optimizer: string): PathCount | null {
  const difference = invariance(runs, trajectories, optimizer);
  return difference && { count: distinctPaths(runs, trajectories, optimizer), ...difference };
}

/**
 * For example `NGD takes one path (paths differ by up to 0.4 % of the distance travelled)`; many optimizers are
 * summarized in two groups.
 */
function pathPhrase(paths: readonly Paths[]): string {
  if (paths.length === 0) return '';
  if (paths.length <= 3) {
    const phrases = paths.map((path, i) => {
      const { optimizer, count } = path;
      const noun = count === 1 ? 'path' : 'paths';
      return `${optimizer} takes ${numeral(count)} ${noun} (${shareText([path], i === 0)})`;
    });
    return phrases.join('; ') + startsPhrase(paths);
  }
  const groups = [
    ['one path for every parameterization under', paths.filter(({ count }) => count === 1)],
    ['separate paths under', paths.filter(({ count }) => count > 1)],
  ] as const;
  const phrases = groups
    .filter(([, members]) => members.length > 0)
    .map(([verb, members], i) => {
      const names = members.map(({ optimizer }) => optimizer).join(', ');
      return `${verb} ${names} (${shareText(members, i === 0)})`;
    });
  const sentence = phrases.join('; ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1) + startsPhrase(paths);
}

/** The range of path differences. */
function shareText(paths: readonly Paths[], isFirst: boolean): string {
  const shares = paths.map(({ distance }) => distance);
  if (!shares.every(Number.isFinite)) return 'the difference is too large to measure';
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map((share) => significant(100 * share));
  const range = low === high ? `${low} %` : `${low} to ${high} %`;
  return isFirst ? `paths differ by up to ${range} of the distance travelled` : range;
}

/** Initial differences below this fraction of the distance travelled are not mentioned. */
const SAME_START = 1e-3;

/** Mentions the part of the difference that is due to different initial predictors. */
function startsPhrase(paths: readonly Paths[]): string {
  const largest = paths.reduce((most, { startDistance }) => Math.max(most, startDistance), 0);
  return largest > SAME_START ? `; the initial predictors already differ by up to ${significant(100 * largest)} %` : '';
}

/** For example `one path: differ by up to 0.4 %`, or `3 paths: differ by up to 79 %, by 12 % at the start`. */
export function pathsText({ count, distance, startDistance }: PathCount): string {
  const share = Number.isFinite(distance) ? `up to ${significant(100 * distance)} %` : 'more than can be measured';
  const starts = startDistance > SAME_START ? `, by ${significant(100 * startDistance)} % at the start` : '';
  return `${count === 1 ? 'one path' : `${count} paths`}: differ by ${share}${starts}`;
}

/** Number of groups of parameterizations whose paths coincide for every seed. */
function distinctPaths(runs: readonly RunResult[], trajectories: PathsByRun, optimizer: string): number {
  const names = [...new Set(runs.filter((run) => run.optimizer === optimizer).map((run) => run.parameterization))];
  const dataOf = ({ point, seed }: RunResult) => JSON.stringify([point, seed]);
  const cells = new Map(names.map((name) => [name, new Map<string, RunResult>()]));
  for (const run of runs) if (run.optimizer === optimizer) cells.get(run.parameterization)?.set(dataOf(run), run);
  const same = (a: string, b: string) => {
    return [...(cells.get(a) ?? [])].every(([data, first]) => {
      const second = cells.get(b)?.get(data);
      const paths = second && [trajectories.get(first.id), trajectories.get(second.id)];
      const difference = paths?.[0] && paths[1] ? pathDifference(paths[0], paths[1]) : null;
      return difference !== null && difference.distance < SAME_PATH;
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

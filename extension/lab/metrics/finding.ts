/** The finding: one cautious sentence that summarizes the results. */
import { counts, pointKey } from '../results/index.ts';
import type { PathCount, PathSpace, RunIdentity, RunResult, Summary } from '../results.ts';
import { comparison, lossesPhrase } from './bestCells.ts';
import { invariance, type PathDifference, type PathsByRun, pathDifference } from './invariance.ts';

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
  const counted = paths.flatMap(([optimizer, found]): Paths[] =>
    found ? [{ optimizer, ...found, ...compared(optimizer, runs, planned) }] : [],
  );
  const starts = startsPhrase(counted, runs, trajectories);
  const parts = [pathPhrase(counted, space), comparison(ended, planned, isRate), starts, lossesPhrase(ended, planned)];
  const sentences = parts.filter((part) => part !== '');
  const points = pointsOf(planned, runs);
  return {
    sentence: sentences.map((part) => `${part}.`).join(' '),
    paths: Object.fromEntries(paths),
    space,
    ...(points.length > 1 ? { pathsAt: points.map((here) => pathsAtPoint(here, trajectories, optimizers)) } : {}),
  };
}

/** The runs that count at each point of a sweep, in the order of the points. */
function pointsOf(planned: readonly RunIdentity[], runs: readonly RunResult[]): RunResult[][] {
  const points = new Map<string, RunResult[]>(planned.map(({ point }) => [pointKey(point), []]));
  for (const run of runs) points.get(pointKey(run.point))?.push(run);
  return [...points.values()];
}

function pathsAtPoint(
  here: readonly RunResult[],
  trajectories: PathsByRun,
  optimizers: readonly string[],
): Record<string, PathCount | null> {
  return Object.fromEntries(optimizers.map((name) => [name, pathsOf(here, trajectories, name)]));
}

/** How many parameterizations under an optimizer have a run that counts, and how many there are. */
function compared(optimizer: string, runs: readonly RunIdentity[], planned: readonly RunIdentity[]) {
  const namesIn = (all: readonly RunIdentity[]) =>
    new Set(all.filter((run) => run.optimizer === optimizer).map(({ parameterization }) => parameterization)).size;
  return { known: namesIn(runs), all: namesIn(planned) };
}

/** The paths of one optimizer in function space. */
interface Paths extends PathCount {
  optimizer: string;
  /** Parameterizations that have a run, and all of them. */
  known: number;
  all: number;
}

function pathsOf(runs: readonly RunResult[], trajectories: PathsByRun, optimizer: string): PathCount | null {
  const difference = invariance(runs, trajectories, optimizer);
  return difference && { count: distinctPaths(runs, trajectories, optimizer), ...difference };
}

/**
 * For example `NGD takes one path (paths differ by up to 0.4 % of the distance travelled)`; many optimizers are
 * summarized in two groups. With fewer examples than dimensions the paths are those of the training outputs: what the
 * predictors do beyond them is another question, and so it is said.
 */
function pathPhrase(paths: readonly Paths[], space: PathSpace | null): string {
  if (paths.length === 0) return '';
  if (paths.length <= 3) {
    const phrases = paths.map((path, i) => {
      const { optimizer, count } = path;
      const noun = count === 1 ? 'path' : 'paths';
      const from = path.startDistance > SAME_START ? ' from different starts' : '';
      const part = path.known < path.all ? ` in the ${path.known} of ${path.all} parameterizations with results` : '';
      return `${optimizer} takes ${numeral(count)} ${noun}${from}${part} (${shareText([path], i === 0, space)})`;
    });
    return phrases.join('; ');
  }
  const single = paths.filter(({ count }) => count === 1);
  const groups = [
    ['one path for every parameterization under', single.filter(({ known, all }) => known === all)],
    [`one path for the parameterizations with results under`, single.filter(({ known, all }) => known < all)],
    ['separate paths under', paths.filter(({ count }) => count > 1)],
  ] as const;
  const phrases = groups
    .filter(([, members]) => members.length > 0)
    .map(([verb, members], i) => {
      const names = members
        .map(({ optimizer, known, all }) => (known < all ? `${optimizer} (${known} of ${all})` : optimizer))
        .join(', ');
      return `${verb} ${names} (${shareText(members, i === 0, space)})`;
    });
  const sentence = phrases.join('; ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The range of path differences. */
function shareText(paths: readonly Paths[], isFirst: boolean, space: PathSpace | null): string {
  const shares = paths.map(({ distance }) => distance);
  if (!shares.every(Number.isFinite)) return 'the difference is too large to measure';
  const [low, high] = [Math.min(...shares), Math.max(...shares)].map((share) => significant(100 * share));
  const range = low === high ? `${low} %` : `${low} to ${high} %`;
  const which = space === 'training outputs' ? 'paths of the training outputs' : 'paths';
  return isFirst ? `${which} differ by up to ${range} of the distance travelled` : range;
}

/** Initial differences below this fraction of the distance travelled are not mentioned. */
const SAME_START = 1e-3;

/** Parameterizations are named up to this number. */
const MOST_NAMED = 3;

/** Says which parameterizations start at predictors of their own, so that paths are not called separate for that alone. */
function startsPhrase(paths: readonly Paths[], runs: readonly RunResult[], trajectories: PathsByRun): string {
  const largest = paths.reduce((most, { startDistance }) => Math.max(most, startDistance), 0);
  if (!(largest > SAME_START)) return '';
  const groups = paths
    .map(({ optimizer }) => groupsOf(runs, trajectories, optimizer, ({ startDistance }) => startDistance <= SAME_START))
    .reduce((most, one) => (one.length > most.length ? one : most), []);
  const names = groups.map((group) => group.map((name) => `‘${name}’`).join(' and '));
  const starts =
    names.length > MOST_NAMED || groups.flat().length > 2 * MOST_NAMED
      ? `The parameterizations start at ${numeral(groups.length)} different predictors`
      : `${listOf(names)} start at different predictors`;
  return `${starts}, up to ${significant(100 * largest)} % of the distance travelled apart`;
}

const listOf = (names: readonly string[]) =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** For example `one path: differ by up to 0.4 %`, or `3 paths: differ by up to 79 %, by 12 % at the start`. */
export function pathsText({ count, distance, startDistance }: PathCount): string {
  const share = Number.isFinite(distance) ? `up to ${significant(100 * distance)} %` : 'more than can be measured';
  const starts = startDistance > SAME_START ? `, by ${significant(100 * startDistance)} % at the start` : '';
  return `${count === 1 ? 'one path' : `${count} paths`}: differ by ${share}${starts}`;
}

/** Number of groups of parameterizations whose paths coincide for every seed. */
function distinctPaths(runs: readonly RunResult[], trajectories: PathsByRun, optimizer: string): number {
  return groupsOf(runs, trajectories, optimizer, ({ distance }) => distance < SAME_PATH).length;
}

/** Groups the parameterizations of an optimizer: those are alike whose paths are alike for every seed. */
function groupsOf(
  runs: readonly RunResult[],
  trajectories: PathsByRun,
  optimizer: string,
  isAlike: (difference: PathDifference) => boolean,
): string[][] {
  const names = [...new Set(runs.filter((run) => run.optimizer === optimizer).map((run) => run.parameterization))];
  const dataOf = ({ point, seed }: RunResult) => JSON.stringify([point, seed]);
  const cells = new Map(names.map((name) => [name, new Map<string, RunResult>()]));
  for (const run of runs) if (run.optimizer === optimizer) cells.get(run.parameterization)?.set(dataOf(run), run);
  const same = (a: string, b: string) => {
    // Seeds that one of them lacks, because it was stopped, say nothing.
    const pairs = [...(cells.get(a) ?? [])].flatMap(([data, first]) => {
      const second = cells.get(b)?.get(data);
      return second ? [[first, second] as const] : [];
    });
    return (
      pairs.length > 0 &&
      pairs.every(([first, second]) => {
        const paths = [trajectories.get(first.id), trajectories.get(second.id)] as const;
        const difference = paths[0] && paths[1] ? pathDifference(paths[0], paths[1]) : null;
        return difference !== null && isAlike(difference);
      })
    );
  };
  const groups: string[][] = [];
  for (const name of names) {
    const group = groups.find((members) => members.every((member) => same(member, name)));
    if (group) group.push(name);
    else groups.push([name]);
  }
  return groups;
}

function numeral(count: number): string {
  return ['no', 'one', 'two', 'three', 'four', 'five', 'six'][count] ?? String(count);
}

/** Two significant digits; what is very small, in exponential notation. */
function significant(value: number): string {
  if (!Number.isFinite(value)) return 'not finite';
  const rounded = Number(value.toPrecision(2));
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}

/** Warnings about results: runs that did not finish, and systems that were not solved accurately. */
import type { RunIdentity, RunResult, SolverReport } from '../results.ts';
import { type Cell, cellsOf, describeCell } from './cells.ts';
import { endingOf, isAveraged, type RunEnding } from './endings.ts';
import { type Known, tallyIn } from './reached.ts';
import { numberText } from './text.ts';

/** Maximum number of cells listed in one note. */
const MOST_NAMED = 3;

/** Maximum number of seeds that are listed individually. */
const MOST_SEEDS = 8;

/**
 * Condition number of the Fisher information above which a step is reported as ill-conditioned. The Jacobian's
 * condition number is its square root, 1e8, so that half of the digits of float64 may be lost.
 */
const ILL_CONDITIONED = 1e16;

/** A kind of warning. */
interface Kind {
  head: string;
  applies(run: RunResult): boolean;
  /** Details about the affected runs of one cell, shown in parentheses. */
  detail(runs: readonly RunResult[]): string;
  tail?: string;
}

/** One sentence per kind of warning, with the affected cells. */
export function notesOf(planned: readonly RunIdentity[], known: Known): string[] {
  const cells = cellsOf(planned);
  const { stopped, total } = tallyIn(planned, known);
  const [diverged, ...others] = KINDS.map((kind) => note(kind, cells, known));
  const halted =
    stopped > 0 ? [`Stopped: ${stopped} of ${total} runs. Averages include only the runs that finished.`] : [];
  return [...(diverged ?? []), ...halted, ...others.flat()];
}

function note(
  { head, applies: isSuch, detail, tail = '' }: Kind,
  cells: readonly Cell[],
  { results }: Known,
): string[] {
  const found = cells.flatMap((cell) => {
    const runs = cell.runs.flatMap(({ id }) => {
      const run = results.get(id);
      return run && isSuch(run) ? [run] : [];
    });
    return runs.length > 0 ? [{ cell, runs }] : [];
  });
  if (found.length === 0) return [];
  const named = found.slice(0, MOST_NAMED).map(({ cell, runs }) => {
    const what = detail(runs);
    return `${describeCell(cell)}, ${seedsText(runs, cell.runs.length)}${what && ` (${what})`}`;
  });
  const more = found.length > MOST_NAMED ? `; and in ${found.length - MOST_NAMED} more` : '';
  return [`${head}: ${named.join('; ')}${more}.${tail}`];
}

/** For example `2 of 8: seeds 3, 5`. */
function seedsText(runs: readonly RunResult[], total: number): string {
  const seeds = runs.slice(0, MOST_SEEDS).map(({ seed }) => seed);
  const more = runs.length > MOST_SEEDS ? ', …' : '';
  return `${runs.length} of ${total}: seed${runs.length === 1 ? '' : 's'} ${seeds.join(', ')}${more}`;
}

const ended = (ending: RunEnding) => (run: RunResult) => endingOf(run) === ending;

const KINDS: readonly Kind[] = [
  {
    head: 'Diverged',
    applies: ended('diverged'),
    detail: (runs) => from('step', runs, (run) => run.diverged),
    tail: ' Averages include only the runs that finished.',
  },
  {
    head: 'Ended at a step whose linear system could not be solved',
    applies: ended('unsolved'),
    detail: (runs) => {
      const at = from(isFlow(runs[0]) ? 't =' : 'step', runs, (run) => run.unsolved);
      return `${at}, relative residual ${numberText(
        most(runs, ({ solver }) => solver?.residual),
        'number',
      )}`;
    },
    tail: " Damping, a smaller model or more 'iterations' may help.",
  },
  {
    head: 'Flow ended because it slides along a kink of the model',
    applies: ended('kink'),
    detail: (runs) => from('t =', runs, (run) => run.kink),
    tail: " A larger 'rtol' (1e-5) follows it approximately; a smooth activation has no kinks.",
  },
  {
    head: 'Flow ended where accumulated rounding errors would determine its path',
    applies: ended('imprecise'),
    detail: (runs) => from('t =', runs, (run) => run.imprecise),
    tail: ' It is near a saddle point that the exact flow would not leave.',
  },
  {
    head: 'Flow ended at a singular point',
    applies: ended('singular'),
    detail: (runs) => from('t =', runs, (run) => run.singular),
  },
  {
    head: 'Residual above the requested tolerance',
    applies: (run) => run.unsolved === undefined && run.solver?.residual !== undefined,
    detail: (runs) =>
      `relative residual up to ${numberText(
        most(runs, ({ solver }) => solver?.residual),
        'number',
      )}`,
  },
  {
    head: 'Rank-deficient Fisher information; the minimum-norm solution is used',
    applies: (run) => isAveraged(run) && (run.solver?.dropped ?? 0) > 0,
    detail: (runs) => rankText(runs.flatMap(({ solver }) => solver ?? [])),
  },
  {
    head: 'Ill-conditioned Fisher information; directions with small eigenvalues lose precision',
    applies: (run) => isAveraged(run) && (run.solver?.condition ?? 0) > ILL_CONDITIONED,
    detail: (runs) =>
      `condition number up to ${numberText(
        most(runs, ({ solver }) => solver?.condition),
        'number',
      )}`,
  },
];

/** For example `rank 15 of 16, condition number 3.1e5`. */
function rankText(solvers: readonly SolverReport[]): string {
  const ranks = solvers.map(({ rank, dropped }) => `${rank} of ${(rank ?? 0) + (dropped ?? 0)}`);
  const condition = solvers.reduce((most, solver) => Math.max(most, solver.condition ?? 1), Number.NEGATIVE_INFINITY);
  return `rank ${[...new Set(ranks)].join(' or ')}, condition number of the rest ${numberText(condition, 'number')}`;
}

const isFlow = (run: RunResult | undefined): boolean => run !== undefined && !Number.isInteger(run.unsolved);

/** For example `at step 12`; for several runs, the earliest. */
function from(unit: string, runs: readonly RunResult[], at: (run: RunResult) => number | undefined): string {
  const earliest = runs.reduce(
    (least, run) => Math.min(least, at(run) ?? Number.POSITIVE_INFINITY),
    Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(earliest)) return '';
  const value = unit === 'step' ? String(earliest) : String(Number(earliest.toPrecision(4)));
  return `${runs.length > 1 ? 'first at' : 'at'} ${unit} ${value}`;
}

function most(runs: readonly RunResult[], of: (run: RunResult) => number | null | undefined): number {
  return runs.reduce(
    (largest, run) => Math.max(largest, of(run) ?? Number.NEGATIVE_INFINITY),
    Number.NEGATIVE_INFINITY,
  );
}

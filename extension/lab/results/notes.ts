/** What a reader must know before trusting numbers: runs that did not come to a good end, and what was not solved. */
import type { RunIdentity, RunResult, SolverReport } from '../results.ts';
import { type Cell, cellsOf, describeCell } from './cells.ts';
import { counts, endingOf, type RunEnding } from './endings.ts';
import { type Known, tallyIn } from './reached.ts';
import { numberText } from './text.ts';

/** Cells that are named in one note, at most. */
const MOST_NAMED = 3;

/** Seeds that are named one by one, at most. */
const MOST_SEEDS = 8;

/**
 * Condition numbers of the Fisher information beyond which a step is said to be ill-conditioned: that of the Jacobian is
 * its root, 1e8, and half of the digits of float64 may be lost.
 */
const ILL_CONDITIONED = 1e16;

/** What is said of runs of one kind. */
interface Kind {
  head: string;
  isSuch(run: RunResult): boolean;
  /** What is said of such runs of one cell, in parentheses. */
  detail(runs: readonly RunResult[]): string;
  tail?: string;
}

/** One sentence for each kind of trouble, with the cells that have it. */
export function notesOf(planned: readonly RunIdentity[], known: Known): string[] {
  const cells = cellsOf(planned);
  const { stopped, total } = tallyIn(planned, known);
  const [diverged, ...others] = KINDS.map((kind) => note(kind, cells, known));
  const halted = stopped > 0 ? [`Stopped: ${stopped} of ${total} runs. Numbers are of the runs that finished.`] : [];
  return [...(diverged ?? []), ...halted, ...others.flat()];
}

function note({ head, isSuch, detail, tail = '' }: Kind, cells: readonly Cell[], { results }: Known): string[] {
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
    isSuch: ended('diverged'),
    detail: (runs) => from('step', runs, (run) => run.diverged),
    tail: ' Numbers are of the runs that finished.',
  },
  {
    head: 'Ended at a step whose linear system could not be solved',
    isSuch: ended('unsolved'),
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
    head: 'The flow slides along a kink of the model, and ended there',
    isSuch: ended('kink'),
    detail: (runs) => from('t =', runs, (run) => run.kink),
    tail: " A larger 'rtol' (1e-5) follows it approximately; a smooth activation has no kinks.",
  },
  {
    head: 'Ended where rounding errors, grown along the flow, would decide where it goes',
    isSuch: ended('imprecise'),
    detail: (runs) => from('t =', runs, (run) => run.imprecise),
    tail: ' It is near a saddle that exact arithmetic would not leave.',
  },
  {
    head: 'Flow ended at a singular point',
    isSuch: ended('singular'),
    detail: (runs) => from('t =', runs, (run) => run.singular),
  },
  {
    head: 'Solved to a larger residual than asked for',
    isSuch: (run) => run.unsolved === undefined && run.solver?.residual !== undefined,
    detail: (runs) =>
      `relative residual up to ${numberText(
        most(runs, ({ solver }) => solver?.residual),
        'number',
      )}`,
  },
  {
    head: 'Rank-deficient Fisher information, solved in the minimum norm',
    isSuch: (run) => counts(run) && (run.solver?.dropped ?? 0) > 0,
    detail: (runs) => rankText(runs.flatMap(({ solver }) => solver ?? [])),
  },
  {
    head: 'Ill-conditioned Fisher information, whose small directions have lost digits',
    isSuch: (run) => counts(run) && (run.solver?.condition ?? 0) > ILL_CONDITIONED,
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
  const condition = Math.max(...solvers.map((solver) => solver.condition ?? 1));
  return `rank ${[...new Set(ranks)].join(' or ')}, condition number of the rest ${numberText(condition, 'number')}`;
}

const isFlow = (run: RunResult | undefined): boolean => run !== undefined && !Number.isInteger(run.unsolved);

/** For example `from step 12`, of several the earliest. */
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

/** The results of an experiment as plain data for a language model: numbers with all digits, by cell. */
import { type Cell, cellsOf, type Known, reached, spreadOf, tallyIn, tallyText } from '../../lab/results/index.ts';
import type { RunIdentity } from '../../lab/results.ts';
import type { ExperimentView } from '../../report/view.ts';
import { knownOf } from '../cells.ts';

/** Cells of a sweep that a model is told; more would fill its context. */
const MOST_CELLS = 200;

/** @param path of the lab file, as the model names it */
export function resultData(view: ExperimentView, path: string): Record<string, unknown> {
  const { experiment, status, failure, grid, summary, claims, notes, seconds, stale } = view;
  const cells = grid ? cellsOf(grid.runs) : [];
  const known = knownOf(view);
  const shown = cells.filter(({ runs }) => runs.some(({ id }) => known.results.has(id)));
  return {
    file: path,
    experiment,
    status,
    ...(failure ? { failure: placed(failure) } : {}),
    ...(stale ? { stale: 'these results belong to an earlier version of the text' } : {}),
    ...(grid ? { problem: grid.problem.description, loss: grid.problem.loss, error: grid.problem.errorName } : {}),
    seconds,
    finding: summary?.sentence ?? null,
    cells: shown.slice(0, MOST_CELLS).map((cell) => cellData(cell, known)),
    ...(shown.length > MOST_CELLS ? { cellsLeftOut: shown.length - MOST_CELLS } : {}),
    claims: claims.map(({ claim, holds, error, values, wanted }) => ({
      ...{ claim, holds },
      ...(error ? { error } : {}),
      ...(values ? { values } : {}),
      ...(wanted ? { wanted } : {}),
    })),
    ...(notes.length > 0 ? { notes } : {}),
  };
}

function cellData(cell: Cell<RunIdentity>, known: Known): Record<string, unknown> {
  const of = (part: 'train' | 'test' | 'gap', quantity: 'loss' | 'error') => {
    const spread = spreadOf(reached(cell.runs, known, { part, of: quantity }));
    return spread && { mean: spread.mean, ...(spread.deviation === null ? {} : { deviation: spread.deviation }) };
  };
  const tally = tallyIn(cell.runs, known);
  const lost = tallyText(tally);
  return {
    ...(cell.point ? { point: cell.point } : {}),
    parameterization: cell.parameterization,
    optimizer: cell.optimizer,
    seeds: tally.counted,
    ...(lost ? { lost } : {}),
    train: { loss: of('train', 'loss'), error: of('train', 'error') },
    test: { loss: of('test', 'loss'), error: of('test', 'error') },
    gap: { loss: of('gap', 'loss'), error: of('gap', 'error') },
  };
}

function placed({ message, hint, line, column }: NonNullable<ExperimentView['failure']>): Record<string, unknown> {
  return { message, hint, line, column };
}

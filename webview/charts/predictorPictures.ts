import { counts } from '../../extension/lab/results/index.ts';
import type { GridPlan } from '../../extension/report/grid.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { type CellName, cellKey, cellName } from '../cells.ts';
import { number } from '../format.ts';
import { cosine, direction, magnitude, rms } from './comparison.ts';
import { shownSeed } from './functionSpace.ts';
import { GHOSTS } from './ghosts.ts';
import type { ChartInput } from './input.ts';
import { modelAt } from './snapshots.ts';

/** One small picture: the truth, or the predictor of a cell. */
export interface Picture {
  /** Parameterization, and below it the optimizer; `truth` alone. */
  title: string;
  subtitle: string;
  /** Comparison with the truth, for example `cosine 0.93`. */
  note: string;
  colour: string;
  values: ArrayLike<number>;
  /** The same cell in pinned runs, the latest first. */
  earlier: ArrayLike<number>[];
  isTruth: boolean;
  /** Key of the cell; null for the truth. */
  cell: string | null;
}

/** All pictures, with what they share. */
export interface Pictures {
  pictures: Picture[];
  matrix: boolean;
  /** The truth as drawn; null if unknown. */
  truth: ArrayLike<number> | null;
  /** The value at the end of bars and colour scales. */
  scale: number;
  /** Cells whose run diverged. */
  lost: string[];
  /** The seed of the runs. */
  seed: number;
}

/** How far a predictor is from the truth: cosine for a vector, RMSE over unobserved entries for a completion. */
function noteOf(values: ArrayLike<number>, { problem }: GridPlan, matrix: boolean): string {
  const { truth, observed } = problem;
  if (!truth || truth.length !== values.length) return '';
  if (!matrix) {
    const alike = cosine(values, truth);
    return Number.isFinite(alike) ? `cosine ${alike.toFixed(2).replace('-', '−')}` : '';
  }
  const seen = new Set(observed);
  const unseen = Array.from(truth, (_, index) => index).filter((index) => !seen.has(index));
  if (unseen.length === 0) return `RMSE ${number(rms(values, truth), 2)}`;
  const at = (from: ArrayLike<number>) => unseen.map((index) => from[index]!);
  return `${observed ? 'unseen ' : ''}RMSE ${number(rms(at(values), at(truth)), 2)}`;
}

/** The predictors of one seed, at the slider's place. Truth and observed entries are those of the first seed. */
export function picturesOf(input: ChartInput): Pictures {
  const { experiment, grid, cells, style, theme, time } = input;
  const { predictorShape, loss } = grid.problem;
  const matrix = predictorShape?.length === 2;
  const seed = shownSeed(input);
  const isFirst = seed === grid.seeds[0];
  const known = isFirst ? grid : { ...grid, problem: { ...grid.problem, truth: null, observed: null } };
  // Only the direction of a classifier determines its predictions; its norm grows without bound.
  const drawn = (values: ArrayLike<number>) => (loss === 'logistic' && !matrix ? direction(values) : values);
  const pictures: Picture[] = [];
  const lost: string[] = [];
  for (const cell of cells) {
    const run = cell.runs.find((one) => one.seed === seed);
    if (!run) continue;
    const result = experiment.runs.get(run.id);
    if (result && !counts(result)) {
      lost.push(cellName(cell));
      continue;
    }
    const values = modelAt(experiment, run.id, time)?.predictor;
    if (!values || values.length === 0) continue;
    const earlier = earlierPredictors(cell, seed, input);
    const was = earlier[0] && noteOf(earlier[0], known, matrix);
    pictures.push({
      title: shownName(cell.parameterization),
      subtitle: shownName(cell.optimizer),
      note: [noteOf(values, known, matrix), was ? `was ${was.replace(/^.* /, '')}` : ''].filter(Boolean).join(', '),
      colour: style(cell.parameterization, cell.optimizer).colour,
      values: drawn(values),
      earlier: earlier.map(drawn),
      isTruth: false,
      cell: cellKey(cell),
    });
  }
  const truth = known.problem.truth && drawn(known.problem.truth);
  const learned = pictures.flatMap((picture) => Array.from(picture.values));
  const scale = matrix
    ? magnitude(truth ? Array.from(truth) : learned, 0.98)
    : magnitude([
        ...learned,
        ...pictures.flatMap(({ earlier }) => earlier.flatMap((one) => Array.from(one))),
        ...Array.from(truth ?? []),
      ]) * 1.05;
  if (truth && matrix) {
    const { observed } = known.problem;
    const note = observed ? `${number(observed.length)} of ${number(truth.length)} observed` : '';
    pictures.unshift({
      title: 'truth',
      subtitle: '',
      note,
      colour: theme.foreground,
      values: truth,
      earlier: [],
      isTruth: true,
      cell: null,
    });
  }
  return { pictures, matrix, truth, scale, lost, seed };
}

/** The predictors of the same cell and seed in the pinned runs that have one of the same size. */
function earlierPredictors(cell: CellName, seed: number, { pinned = [], grid }: ChartInput): ArrayLike<number>[] {
  const size = (grid.problem.predictorShape ?? []).reduce((product, length) => product * length, 1);
  return pinned.flatMap((then) => {
    const same = then.cells.find((one) => cellKey(one) === cellKey(cell));
    const run = same?.runs.find((one) => one.seed === seed);
    const values = run && modelAt(then.experiment, run.id, then.time)?.predictor;
    return values?.length === size ? [values] : [];
  });
}

/** How to read the pictures, and which runs are not among them. */
export function predictorCaption({ grid }: ChartInput, { matrix, truth, lost, pictures }: Pictures): string {
  const { observed, loss } = grid.problem;
  const parts: string[] = [];
  if (!matrix && loss === 'logistic') parts.push('Directions, scaled to length 1.');
  if (!matrix && truth) parts.push('Bars: coefficients; strokes: the truth, where it is not zero.');
  if (matrix && observed && truth) parts.push('Dots: observed entries.');
  if (!matrix && pictures.some(({ earlier }) => earlier.length > 0)) parts.push(GHOSTS);
  if (lost.length > 0) parts.push(`Diverged: ${lost.join(', ')}.`);
  return parts.join(' ');
}

/** An entry of a picture in words: what and where it is, and its value. */
export function entryText(
  picture: Picture,
  { problem }: GridPlan,
  row: number,
  column: number,
): { heading: string; rows: { text: string; value: string }[] } | null {
  const { predictorShape: shape, truth, observed } = problem;
  if (!shape) return null;
  const matrix = shape.length === 2;
  const index = row * shape[shape.length - 1]! + column;
  const where = matrix ? `row ${row + 1}, column ${column + 1}` : `coordinate ${column + 1}`;
  const seen = observed ? (observed.includes(index) ? ', observed' : ', not observed') : '';
  const compared = truth && !picture.isTruth && matrix ? [{ text: 'truth', value: number(truth[index]) }] : [];
  return {
    heading: [picture.title, picture.subtitle].filter(Boolean).join(' · '),
    rows: [{ text: `${where}${seen}`, value: number(picture.values[index]) }, ...compared],
  };
}

import { counts } from '../../extension/lab/results/index.ts';
import type { GridPlan } from '../../extension/report/grid.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { number } from '../format.ts';
import { cosine, direction, magnitude, rms } from './comparison.ts';
import type { ChartInput } from './input.ts';

/** One small picture: the truth, or the predictor of a cell. */
export interface Picture {
  title: string;
  /** Comparison with the truth, for example `cosine 0.93`. */
  note: string;
  colour: string;
  values: ArrayLike<number>;
  isTruth: boolean;
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
  const at = (from: ArrayLike<number>) => unseen.map((index) => from[index]!);
  return `${observed ? 'unseen ' : ''}RMSE ${number(rms(at(values), at(truth)), 2)}`;
}

/** The pictures: predictors of the first seed, whose data and truth are those of the grid. */
export function picturesOf({ experiment, grid, cells, style, theme }: ChartInput): Pictures {
  const { truth: trueValues, predictorShape, loss } = grid.problem;
  const matrix = predictorShape?.length === 2;
  // Only the direction of a classifier determines its predictions; its norm grows without bound.
  const drawn = (values: ArrayLike<number>) => (loss === 'logistic' && !matrix ? direction(values) : values);
  const pictures: Picture[] = [];
  const lost: string[] = [];
  for (const { parameterization, optimizer, runs } of cells) {
    const run = runs.find((one) => one.seed === grid.seeds[0]) ?? runs[0];
    if (!run) continue;
    const result = experiment.runs.get(run.id);
    if (result && !counts(result)) {
      lost.push(`${shownName(parameterization)} · ${shownName(optimizer)}`);
      continue;
    }
    const values = result?.predictor ?? experiment.samples.get(run.id)?.predictor;
    if (!values || values.length === 0) continue;
    pictures.push({
      title: `${shownName(parameterization)} · ${shownName(optimizer)}`,
      note: noteOf(values, grid, matrix),
      colour: style(parameterization, optimizer).colour,
      values: drawn(values),
      isTruth: false,
    });
  }
  const truth = trueValues && drawn(trueValues);
  const learned = pictures.flatMap((picture) => Array.from(picture.values));
  const scale = matrix
    ? magnitude(truth ? Array.from(truth) : learned, 0.98)
    : magnitude([...learned, ...Array.from(truth ?? [])]) * 1.05;
  if (truth && matrix) {
    const { problem } = grid;
    const note = problem.observed ? `${number(problem.observed.length)} of ${number(truth.length)} observed` : '';
    pictures.unshift({ title: 'truth', note, colour: theme.foreground, values: truth, isTruth: true });
  }
  return { pictures, matrix, truth, scale, lost };
}

/** Tooltip of an entry of a picture. */
export function entryText(picture: Picture, { problem }: GridPlan, row: number, column: number): string {
  const { predictorShape: shape, truth, observed } = problem;
  if (!shape) return '';
  const matrix = shape.length === 2;
  const index = row * shape[shape.length - 1]! + column;
  const where = matrix ? `row ${row + 1}, column ${column + 1}` : `coordinate ${column + 1}`;
  const seen = observed ? (observed.includes(index) ? ', observed' : ', not observed') : '';
  const compared = truth && !picture.isTruth && matrix ? ` (truth ${number(truth[index])})` : '';
  return `${picture.title}, ${where}${seen}: ${number(picture.values[index])}${compared}`;
}

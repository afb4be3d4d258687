/** The axis that everything that changes during training is drawn over. */
export type Abscissa = 'step' | 'time';

/** The user's choices; kept while the panel is hidden. Null: chosen by the panel, from the data. */
export interface Preferences {
  quantity: 'loss' | 'error';
  x: Abscissa | null;
  logX: Record<Abscissa, boolean | null>;
  /** By quantity: losses are best read on a logarithmic axis, error rates on a linear one. */
  logY: { loss: boolean; error: boolean };
  /** Index into the sweep's points. */
  point: number;
  /** The seed whose paths, predictors and margins are drawn; `all` draws the paths of the others, too. */
  seed: number | 'all' | null;
  /** Key of the quantity that the sweep shows. */
  metric: string | null;
  /** Axes of the sweep in the order in which they are drawn: across, up, in rows of pictures. */
  axes: readonly string[];
  /** Keys of the quantity of the predictors that is drawn over time, and of the cell whose singular values are. */
  norm: string | null;
  spectrumOf: string | null;
  /** Names of parameterizations and optimizers hidden in the legend. */
  hiddenParameterizations: readonly string[];
  hiddenOptimizers: readonly string[];
  /** Names of the tiles that show their numbers as a table, and of those that take a whole row. */
  tables: readonly string[];
  wide: readonly string[];
  /** Whether the knobs are on view. */
  knobs: boolean;
}

/**
 * Changes some preferences. What depends on the present ones is given as a function of them: between two clicks the page
 * may not have been drawn.
 */
export type Change = (some: Partial<Preferences> | ((current: Preferences) => Partial<Preferences>)) => void;

/** The defaults. */
export const defaultPreferences: Preferences = {
  quantity: 'loss',
  x: null,
  logX: { step: null, time: null },
  logY: { loss: true, error: false },
  point: 0,
  seed: null,
  metric: null,
  axes: [],
  norm: null,
  spectrumOf: null,
  hiddenParameterizations: [],
  hiddenOptimizers: [],
  tables: [],
  wide: [],
  knobs: false,
};

/** Stored across a reload: the serializer reads `file` and `experiment`, the page the rest. */
export interface Kept {
  file: string;
  experiment: string;
  preferences: Preferences;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const recordOf = (value: unknown) => (isRecord(value) ? value : {});
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const boolean = <T>(value: unknown, otherwise: T) => (typeof value === 'boolean' ? value : otherwise);
const oneOf = <const T extends string, O>(value: unknown, values: readonly T[], otherwise: O): T | O =>
  values.find((one) => one === value) ?? otherwise;
const text = (value: unknown) => (typeof value === 'string' ? value : null);
const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** Reads stored preferences field by field; missing or invalid fields get their defaults. */
export function readPreferences(kept: unknown): Preferences {
  const from = recordOf(recordOf(kept).preferences);
  const [logX, logY] = [recordOf(from.logX), recordOf(from.logY)];
  return {
    quantity: oneOf(from.quantity, ['loss', 'error'], 'loss'),
    x: oneOf(from.x, ['step', 'time'], null),
    logX: { step: boolean(logX.step, null), time: boolean(logX.time, null) },
    logY: { loss: boolean(logY.loss, true), error: boolean(logY.error, false) },
    point: isCount(from.point) ? from.point : 0,
    seed: from.seed === 'all' || isCount(from.seed) ? from.seed : null,
    metric: text(from.metric),
    axes: strings(from.axes),
    norm: text(from.norm),
    spectrumOf: text(from.spectrumOf),
    hiddenParameterizations: strings(from.hiddenParameterizations),
    hiddenOptimizers: strings(from.hiddenOptimizers),
    tables: strings(from.tables),
    wide: strings(from.wide),
    knobs: boolean(from.knobs, false),
  };
}

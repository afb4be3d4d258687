/** What the reader has chosen to look at; kept when the panel is hidden. */
export interface Preferences {
  quantity: 'loss' | 'error';
  x: 'step' | 'time';
  logX: boolean;
  /** Per quantity: a loss is read on a logarithmic axis, a share of errors on a linear one. */
  logY: { loss: boolean; error: boolean };
  /** Index into the sweep's points. */
  point: number;
  /** Names of parameterizations and optimizers that are switched off in the legend. */
  hiddenParameterizations: readonly string[];
  hiddenOptimizers: readonly string[];
}

/** How the panel looks before anything is chosen. */
export const defaultPreferences: Preferences = {
  quantity: 'loss',
  x: 'step',
  logX: true,
  logY: { loss: true, error: false },
  point: 0,
  hiddenParameterizations: [],
  hiddenOptimizers: [],
};

/** What is kept across a reload: the serializer reads `file` and `experiment`, the page the rest. */
export interface Kept {
  file: string;
  experiment: string;
  preferences: Preferences;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** Reads kept preferences, field by field: what is missing or of another version falls back to its default. */
export function readPreferences(kept: unknown): Preferences {
  const from = isRecord(kept) && isRecord(kept.preferences) ? kept.preferences : {};
  const logY = isRecord(from.logY) ? from.logY : {};
  const boolean = (value: unknown, otherwise: boolean) => (typeof value === 'boolean' ? value : otherwise);
  return {
    quantity: from.quantity === 'error' ? 'error' : 'loss',
    x: from.x === 'time' ? 'time' : 'step',
    logX: boolean(from.logX, true),
    logY: { loss: boolean(logY.loss, true), error: boolean(logY.error, false) },
    point: Number.isInteger(from.point) && (from.point as number) >= 0 ? (from.point as number) : 0,
    hiddenParameterizations: strings(from.hiddenParameterizations),
    hiddenOptimizers: strings(from.hiddenOptimizers),
  };
}

/** The user's choices; kept while the panel is hidden. */
export interface Preferences {
  quantity: 'loss' | 'error';
  x: 'step' | 'time';
  logX: boolean;
  /** By quantity: losses are best read on a logarithmic axis, error rates on a linear one. */
  logY: { loss: boolean; error: boolean };
  /** Index into the sweep's points. */
  point: number;
  /** Names of parameterizations and optimizers hidden in the legend. */
  hiddenParameterizations: readonly string[];
  hiddenOptimizers: readonly string[];
}

/** The defaults. */
export const defaultPreferences: Preferences = {
  quantity: 'loss',
  x: 'step',
  logX: true,
  logY: { loss: true, error: false },
  point: 0,
  hiddenParameterizations: [],
  hiddenOptimizers: [],
};

/** Stored across a reload: the serializer reads `file` and `experiment`, the page the rest. */
export interface Kept {
  file: string;
  experiment: string;
  preferences: Preferences;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** Reads stored preferences field by field; missing or invalid fields get their defaults. */
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

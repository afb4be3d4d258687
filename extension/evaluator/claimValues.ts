/** The numbers that a claim asks for while it is evaluated, and what it wants of them. */
import type { ExperimentResult } from '../lab/metrics/experimentResult.ts';
import type { ClaimResult } from '../lab/results.ts';

type Value = NonNullable<ClaimResult['values']>[number];

/** Methods of the results that return one number. */
const MEASURES = ['invariance', 'angle', 'distance', 'residual'] as const;

/** Numbers that are kept of one claim: the first ones that it asks for. */
const MOST_VALUES = 6;

/** Texts of claims are cut at this length. */
const LONGEST = 160;

/**
 * Results that behave as they are, and note the numbers that are read from them.
 * @param values to which the numbers are added
 * @param prefix of their expressions
 */
export function noted(result: ExperimentResult, values: Value[], prefix = ''): ExperimentResult {
  const note = (expression: string, value: unknown) => {
    const isNew = values.length < MOST_VALUES && !values.some((one) => one.expression === expression);
    if (typeof value === 'number' && isNew) values.push({ expression, value });
  };
  return new Proxy(result, {
    get(target, name) {
      const measure = MEASURES.find((one) => one === name);
      if (measure)
        return (...parameters: unknown[]) => {
          const value = (target[measure] as (...all: unknown[]) => number).apply(target, parameters);
          note(`${prefix}${measure}(${written(parameters)})`, value);
          return value;
        };
      if (name === 'mean')
        return (...parameters: Parameters<ExperimentResult['mean']>) =>
          notedMean(target.mean(...parameters), `${prefix}mean(${written(parameters)})`, note);
      if (name === 'at')
        return (point: Parameters<ExperimentResult['at']>[0]) =>
          noted(target.at(point), values, `${prefix}at(${written([point])}).`);
      return Reflect.get(target, name, target);
    },
  });
}

function notedMean<T extends object>(
  from: T,
  expression: string,
  note: (expression: string, value: unknown) => void,
): T {
  return new Proxy(from, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof name !== 'string') return value;
      const path = `${expression}.${name}`;
      note(path, value);
      const isPlain = typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);
      return isPlain ? notedMean(value, path, note) : value;
    },
  });
}

/** Arguments as they are written: `'GD', 'w = θ'`. */
function written(parameters: readonly unknown[]): string {
  return parameters
    .map((one) => {
      if (typeof one === 'string') return `'${one}'`;
      if (typeof one !== 'object' || one === null) return String(one);
      return `{ ${Object.entries(one)
        .map(([name, value]) => `${name}: ${typeof value === 'string' ? `'${value}'` : String(value)}`)
        .join(', ')} }`;
    })
    .join(', ');
}

/** What a claim wants, in its own words: the expression that it returns. Null if it is more than one expression. */
export function wantedOf(claim: (...all: never[]) => unknown): string | null {
  const source = Function.prototype.toString.call(claim);
  const body = /^(?:async\s+)?(?:\([\s\S]*?\)|[\w$]+)\s*=>\s*([\s\S]+)$/.exec(source)?.[1]?.trim();
  if (body === undefined || body.startsWith('{')) return null;
  const text = body.replace(/\bresult\./g, '').replace(/\s+/g, ' ');
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

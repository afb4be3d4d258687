/** `Number`, `Boolean`, `String` and number predicates. */
import { isPrimitive, lift, toNumber, toText, truth } from '../coercion.ts';
import { callArguments } from '../scalarForm.ts';
import { traced } from '../tracedValues.ts';
import { Traced } from '../values.ts';
import type { Native } from './native.ts';

type Test = 'isNaN' | 'isFinite' | 'isInteger';

/** A number predicate. Those of `Number` are false for anything else; the global ones convert first. */
function test(name: Test, converts: boolean): Native {
  return ({ frame, at, values: [value], written }) =>
    lift(frame, value, (one) => {
      const isNumber = typeof one === 'number' || (one instanceof Traced && one.kind === 'number');
      if (!isNumber && !converts) return false;
      const number = one === undefined ? Number.NaN : toNumber(frame, written(0), one);
      if (!(number instanceof Traced)) return Number[name](number);
      const { id } = number;
      return traced(
        frame,
        at,
        (g) => {
          if (name === 'isNaN') return g.binary('notEqual', id, id);
          const bounded = g.binary('lessEqual', g.unary('abs', id), g.scalar(Number.MAX_VALUE));
          if (name === 'isFinite') return bounded;
          return g.binary('and', bounded, g.binary('equal', g.unary('trunc', id), id));
        },
        'boolean',
      );
    });
}

const toNumeric: Native = ({ frame, values, written }) => {
  if (values.length === 0) return 0;
  return values[0] === undefined ? Number.NaN : toNumber(frame, written(0), values[0]);
};

/** Parses strings; numbers that depend on the parameters cannot be converted to strings. */
function parse(fn: (text: string, radix?: number) => number): Native {
  return ({ frame, at, values: [text, radix] }) => {
    if (isPrimitive(text) && isPrimitive(radix)) return fn(String(text), radix as number | undefined);
    const parts = fn === parseInt ? callArguments(frame.parsed, at) : null;
    const instead = parts?.length === 1 ? `Math.trunc(${parts[0]})` : null;
    return frame.fail(
      at,
      `a call of ${fn.name} cannot be differentiated`,
      'Use `Number(…)` or `Math.trunc(…)`.',
      instead,
    );
  };
}

export const numbers: ReadonlyMap<unknown, Native> = new Map<unknown, Native>([
  [Number, toNumeric],
  [Boolean, ({ frame, at, values }) => truth(frame, at, values[0])],
  [String, ({ frame, values, written }) => (values.length === 0 ? '' : toText(frame, written(0), values[0]))],
  [Number.isNaN, test('isNaN', false)],
  [Number.isFinite, test('isFinite', false)],
  [Number.isInteger, test('isInteger', false)],
  // biome-ignore lint/suspicious/noGlobalIsNan: users call it
  [globalThis.isNaN, test('isNaN', true)],
  // biome-ignore lint/suspicious/noGlobalIsFinite: users call it
  [globalThis.isFinite, test('isFinite', true)],
  [Number.parseFloat, parse(Number.parseFloat)],
  [Number.parseInt, parse(Number.parseInt)],
]);

import { sizeOf } from '../compiler/shape.ts';
import { requireFinite, toNode, trace } from '../compiler/source/interpreter.ts';
import { Traced } from '../compiler/source/values.ts';
import { captureOrigin, DefinitionError, type Origin } from '../errors.ts';
import { isRecord, show } from '../options.ts';
import type { BuildContext, Built, Parameterization } from './parameterization.ts';
import { readStart, type Start } from './start.ts';

/**
 * Every weight is the same function of its own parameters: w_i = f(u_i, v_i, …). The function's own source is parsed,
 * differentiated and compiled: plain arithmetic, `Math`, `const` and `let`, `?:`, `if`, loops with fixed bounds,
 * captured numbers, and other functions of your files.
 * @param start one start for each parameter
 * @param f from the parameters, as numbers, to the weight
 * @throws DefinitionError at the expression that cannot be differentiated
 * @example elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v)
 */
export function elementwise<Names extends string>(
  start: Record<Names, Start>,
  f: (parameters: Record<Names, number>) => number,
): Parameterization {
  const origin = captureOrigin(elementwise);
  if (!isRecord(start) || Object.keys(start).length === 0) {
    throw new DefinitionError(
      `elementwise: the first argument must name at least one parameter, for example { u: 0.1 }; it is ${show(start)}`,
    );
  }
  if (typeof f !== 'function')
    throw new DefinitionError(`elementwise: the second argument must be a function; it is ${show(f)}`);
  const starts = Object.entries<unknown>(start).map(([name, value]) => ({
    name,
    fill: readStart(value, `elementwise: the start of '${name}'`),
  }));
  return {
    kind: 'parameterization',
    block: 'elementwise',
    origin,
    build: (context) => build(context, starts, f, origin),
  };
}

type NamedStart = { name: string; fill: ReturnType<typeof readStart> };

function build(
  { g, predictorShape, read }: BuildContext,
  starts: NamedStart[],
  f: (parameters: never) => number,
  origin: Origin,
): Built {
  const size = sizeOf(predictorShape);
  const parameters = starts.map(({ name }) => ({ name, node: g.state(name, predictorShape) }));
  const traced = Object.fromEntries(parameters.map(({ name, node }) => [name, new Traced(node)]));
  const result = trace(g, read, f, [traced]);
  const node = toNode(g, result);
  if (node === null) {
    throw new DefinitionError(`elementwise: the function must return a number; it returns ${show(result)}`, {
      origin,
      hint: result === undefined ? 'Is a `return` missing?' : null,
    });
  }
  const values = new Float64Array(size * starts.length);
  starts.forEach(({ fill }, i) => {
    values.set(fill(size, predictorShape), i * size);
  });
  requireFinite(
    read,
    f,
    distinctStarts(starts, values, size).map((one) => [one]),
  );
  return {
    parameters,
    predictor: g.broadcast(node, predictorShape),
    network: null,
    initialization: { kind: 'given', values },
  };
}

/** Starts that are looked at: more would be felt with every edit. */
const MOST_STARTS = 100;

/** The parameters of one weight at the start, for weights that start differently. */
function distinctStarts(starts: NamedStart[], values: Float64Array, size: number): Record<string, number>[] {
  const found = new Map<string, Record<string, number>>();
  for (let i = 0; i < size && found.size < MOST_STARTS; i++) {
    const own = starts.map(({ name }, k): [string, number] => [name, values[k * size + i]]);
    found.set(own.map(([, value]) => value).join(' '), Object.fromEntries(own));
  }
  return [...found.values()];
}

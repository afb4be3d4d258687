import type { NodeId } from '../compiler/graph.ts';
import { sizeOf } from '../compiler/shape.ts';
import { Reading } from '../compiler/source/frame.ts';
import { requireFinite, run, toNode } from '../compiler/source/interpreter.ts';
import { missingReturn } from '../compiler/source/missingReturn.ts';
import { placeOf } from '../compiler/source/parse.ts';
import { requireAgreement } from '../compiler/source/selfCheck.ts';
import { describeValue, Traced } from '../compiler/source/values.ts';
import { captureOrigin, DefinitionError, type Origin, type Place } from '../errors.ts';
import { isRecord, show } from '../options.ts';
import { requireFiniteDerivative } from './finiteStart.ts';
import type { BuildContext, Built, Parameterization } from './parameterization.ts';
import { readStart, type Start } from './start.ts';

/**
 * Every weight is the same function of its own parameters: w_i = f(u_i, v_i, …). The function's source code is parsed,
 * differentiated and compiled. It may use arithmetic, `Math`, `const` and `let`, `?:`, `if`, loops with fixed bounds,
 * captured numbers, and other functions of your files.
 * @param start the initial value of each parameter
 * @param f maps the parameters, as numbers, to the weight
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
    fill: readStart(value, `elementwise: the initial value of '${name}'`),
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
  const reading = new Reading(g, read);
  const result = run(reading, f, [traced]);
  const node = toNode(g, result);
  if (node === null) {
    throw new DefinitionError(`elementwise: the function must return a number; it returns ${describeValue(result)}`, {
      origin,
      ...(result === undefined ? missingReturn(read, f) : {}),
    });
  }
  const values = new Float64Array(size * starts.length);
  starts.forEach(({ fill }, i) => {
    values.set(fill(size, predictorShape), i * size);
  });
  const named = (one: readonly number[]) => Object.fromEntries(starts.map(({ name }, k) => [name, one[k]]));
  const points = distinctStarts(values, starts.length, size);
  const toArguments = (point: readonly number[]) => [named(point)];
  requireAgreement({ fn: f, read, graph: g.graph, output: node, inputs: parameters, toArguments }, points);
  // Skip points where calling the function yields a finite number.
  const call = f as (one: unknown) => unknown;
  const doubtful = points.filter((point) => !Number.isFinite(Number(call(named(point)))));
  requireFinite(read, f, doubtful.map(toArguments));
  const predictor = g.broadcast(node, predictorShape);
  requireFiniteDerivative(
    {
      graph: g.graph,
      output: node,
      inputs: parameters.map((parameter) => parameter.node),
      placeOf: (id) => placeOfNode(reading, id),
    },
    points,
  );
  return { parameters, predictor, network: null, initialization: { kind: 'given', values } };
}

function placeOfNode({ written }: Reading, id: NodeId): Place | null {
  const known = written.get(id);
  return known ? placeOf(known.parsed, known.at) : null;
}

/** Maximum number of initial values that are checked; more would slow down every edit. */
const MOST_STARTS = 100;

/** The distinct initial parameters of single weights. */
function distinctStarts(values: Float64Array, parameters: number, size: number): number[][] {
  const found = new Map<string, number[]>();
  for (let i = 0; i < size && found.size < MOST_STARTS; i++) {
    const own = Array.from({ length: parameters }, (_, k) => values[k * size + i]);
    found.set(own.map((value) => (Object.is(value, -0) ? '-0' : value)).join(' '), own);
  }
  return [...found.values()];
}

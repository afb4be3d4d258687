/**
 * Compares a traced function with the original one, by calling both at the initialization and at a few other points.
 * Calling it is safe, because tracing rejects side effects. The values must agree to 1e-9 of the largest intermediate
 * value plus a bound on rounding errors; points at which a condition depends on rounding are skipped.
 */
import { DefinitionError } from '../../errors.ts';
import { GraphBuilder } from '../builder.ts';
import { evaluateAt } from '../evaluate.ts';
import type { Graph, NodeId } from '../graph.ts';
import { instantiate } from '../instantiate.ts';
import { CompiledModule } from '../module.ts';
import type { FunctionReader, UserFunction } from './functionSource.ts';
import { parseFunction, placeOf } from './parse.ts';

const TOLERANCE = 1e-9;
/** Maximum number of initial values that are compared. */
const MOST_STARTS = 8;

/** A traced scalar function, and how to call the original. */
export interface ReadFunction {
  fn: UserFunction;
  read: FunctionReader;
  graph: Graph;
  output: NodeId;
  inputs: readonly { name: string; node: NodeId }[];
  /** The arguments for these values of the inputs. */
  toArguments(values: readonly number[]): unknown[];
}

/** @throws DefinitionError at the function if it differs from the compiled one */
export function requireAgreement(read: ReadFunction, starts: readonly (readonly number[])[]): void {
  const { inputs, graph, output, fn } = read;
  const points = pointsAround(starts.slice(0, MOST_STARTS), inputs.length);
  const compiled = compiledAt(read, points);
  points.forEach((point, i) => {
    const expected = callAt(read, point);
    const { error, largest } = evaluateAt(graph, output, new Map(inputs.map(({ node }, k) => [node, point[k]])));
    if (!Number.isFinite(error) || agree(expected, compiled[i], TOLERANCE * largest + 4 * error)) return;
    throw new DefinitionError(
      `this function returns ${expected} for ${describe(read, point)}, but its compiled version returns ${compiled[i]}`,
      {
        place: placeOfFunction(read),
        hint: `Write ${fn.name || 'it'} in a simpler way. This is a bug in Depth Lab: please report it with the function.`,
      },
    );
  });
}

function agree(a: number, b: number, tolerance: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= tolerance;
}

function callAt(read: ReadFunction, point: readonly number[]): number {
  const call: (...values: unknown[]) => unknown = read.fn as (...values: unknown[]) => unknown;
  try {
    const value = call(...read.toArguments(point));
    return typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : Number.NaN;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new DefinitionError(`called with ${describe(read, point)}, this function throws: ${message}`, {
      place: placeOfFunction(read),
    });
  }
}

function compiledAt({ graph, output, inputs }: ReadFunction, points: readonly (readonly number[])[]): Float64Array {
  const g = new GraphBuilder();
  const states = inputs.map(({ name }) => g.state(name, [points.length]));
  const value = instantiate(g, graph, output, new Map(inputs.map(({ node }, k) => [node, states[k]])));
  const result = g.broadcast(value, [points.length]);
  const module = new CompiledModule(g.graph, states, [{ name: 'value', outputs: [result] }]);
  states.forEach((state, k) => {
    module.view(state).set(points.map((point) => point[k]));
  });
  module.entry('value')(1);
  return module.view(result);
}

/** The initial values, points near them, and points of both signs and several magnitudes; deterministic. */
function pointsAround(starts: readonly (readonly number[])[], size: number): number[][] {
  let seed = 20_231_101;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 31 - 1;
  };
  const draw = (scale: number, sign: (x: number) => number = (x) => x) =>
    Array.from({ length: size }, () => sign(scale * random()));
  const near = starts.slice(0, 3).map((start) => start.map((x) => x + 0.2 * random()));
  const drawn = [0.5, 2, 5].flatMap((scale) => [draw(scale), draw(scale), draw(scale, Math.abs)]);
  return [...starts.map((start) => [...start]), ...near, ...drawn];
}

function describe({ inputs }: ReadFunction, point: readonly number[]): string {
  return inputs.map(({ name }, k) => `${name} = ${point[k]}`).join(', ');
}

function placeOfFunction({ read, fn }: ReadFunction) {
  const parsed = parseFunction(read(fn));
  return placeOf(parsed, parsed.node);
}

import type { GraphBuilder } from '../compiler/builder.ts';
import { type Shape, showShape, sizeOf } from '../compiler/shape.ts';
import { missingReturn } from '../compiler/source/missingReturn.ts';
import { captureOrigin, DefinitionError, type Origin } from '../errors.ts';
import { LONGEST_AXIS } from '../limits.ts';
import { isRecord, Options, show } from '../options.ts';
import { type Tensor, TracedTensor, whileTracing } from '../tensor/tensor.ts';
import type { Tracing } from '../tensor/tracing.ts';
import type { ParameterStart } from './initialization.ts';
import type { BuildContext, Built, Parameterization } from './parameterization.ts';
import { readStart, type Start } from './start.ts';

/** The shape of a parameter, created by `scalar`, `vector` or `matrix`. */
export interface ParameterShape {
  readonly kind: 'parameter shape';
  readonly shape: readonly number[];
}

/**
 * A scalar parameter.
 * @example parameterization({ scale: scalar(), a: vector(20) }, ({ scale, a }) => multiply(scale, a))
 */
export function scalar(): ParameterShape {
  return { kind: 'parameter shape', shape: [] };
}

/**
 * A vector parameter of the given length.
 * @throws DefinitionError for a length that is not a whole number of at least 1
 * @example parameterization({ a: vector(20), b: vector(20) }, ({ a, b }) => multiply(a, b))
 */
export function vector(length: number): ParameterShape {
  return { kind: 'parameter shape', shape: [readLength('vector', length)] };
}

/**
 * A `rows` × `columns` matrix parameter.
 * @throws DefinitionError for a length that is not a whole number of at least 1
 * @example parameterization({ a: matrix(10, 3), b: matrix(3, 10) }, ({ a, b }) => matmul(a, b))
 */
export function matrix(rows: number, columns: number): ParameterShape {
  return { kind: 'parameter shape', shape: [readLength('matrix', rows), readLength('matrix', columns)] };
}

function readLength(block: string, length: unknown): number {
  if (Number.isSafeInteger(length) && Number(length) >= 1 && Number(length) <= LONGEST_AXIS) return Number(length);
  throw new DefinitionError(`${block}: lengths must be whole numbers from 1 to ${LONGEST_AXIS}; got ${show(length)}`);
}

export interface ParameterizationOptions<Names extends string = string> {
  /**
   * Standard deviation of the Gaussian initialization (default 0.1); for all parameters, or per parameter by name.
   * @example scale: { a: 0.1 }
   */
  scale?: number | Partial<Record<Names, number>>;
  /**
   * Initial values that replace the Gaussian initialization, by parameter name: one number for all entries, or one per
   * entry. By default there are none.
   * @example init: { b: 1 }
   */
  init?: Partial<Record<Names, Start>>;
}

/**
 * A parameterization by tensor operations: the function is called once with traced tensors, and its result is the
 * predictor. Use the module's operations (`matmul`, `multiply`, `convolve`, `map`, …).
 * @param parameters the shape of each parameter
 * @param f maps the parameters to the predictor; the result must have the predictor's shape, up to axes of length 1
 * @throws DefinitionError at an operation with incompatible shapes
 * @example parameterization({ a: vector(100), b: vector(100) }, ({ a, b }) => convolve(a, b), { scale: 0.1 })
 */
export function parameterization<Names extends string>(
  parameters: Record<Names, ParameterShape>,
  f: (parameters: Record<Names, Tensor>) => Tensor,
  options: ParameterizationOptions<Names> = {},
): Parameterization {
  const origin = captureOrigin(parameterization);
  const shapes = readShapes(parameters);
  if (typeof f !== 'function') {
    throw new DefinitionError(`parameterization: the second argument must be a function; it is ${show(f)}`);
  }
  const starts = readStarts(shapes, options);
  return {
    kind: 'parameterization',
    block: 'parameterization',
    origin,
    build: (context) => build(context, shapes, starts, f, origin),
  };
}

type NamedShape = { name: string; shape: Shape };

function readShapes(parameters: unknown): NamedShape[] {
  if (!isRecord(parameters) || Object.keys(parameters).length === 0) {
    throw new DefinitionError(
      `parameterization: the first argument must give at least one parameter its shape, for example { a: vector(10) }; it is ${show(parameters)}`,
    );
  }
  return Object.entries(parameters).map(([name, value]) => {
    if (isRecord(value) && value.kind === 'parameter shape') return { name, shape: value.shape as Shape };
    throw new DefinitionError(
      `parameterization: '${name}' must be scalar(), vector(length) or matrix(rows, columns); it is ${show(value)}`,
    );
  });
}

function readStarts(shapes: NamedShape[], options: unknown): ParameterStart[] {
  const read = new Options('parameterization', options, ['scale', 'init']);
  const names = shapes.map(({ name }) => name);
  const scales = isRecord(read.raw('scale'))
    ? new Options("parameterization: 'scale'", read.raw('scale'), names, ['scale'])
    : null;
  const common = scales ? 0.1 : read.positive('scale', 0.1);
  const given = new Options("parameterization: 'init'", read.raw('init'), names, ['init']);
  return shapes.map(({ name, shape }): ParameterStart => {
    if (!given.has(name)) return { kind: 'gaussian', scale: scales ? scales.positive(name, 0.1) : common };
    const size = sizeOf(shape);
    const start = readStart(given.raw(name), `parameterization: the initial value of '${name}'`);
    return { kind: 'given', values: start(size, shape) };
  });
}

function build(
  { g, predictorShape, read, note }: BuildContext,
  shapes: NamedShape[],
  starts: ParameterStart[],
  f: (parameters: never) => unknown,
  origin: Origin,
): Built {
  const parameters = shapes.map(({ name, shape }) => ({ name, node: g.state(name, shape) }));
  const tracing: Tracing = { g, read, program: f, note };
  const traced = Object.fromEntries(parameters.map(({ name, node }) => [name, new TracedTensor(node, tracing)]));
  const call: (values: unknown) => unknown = f as (values: unknown) => unknown;
  const result = whileTracing(tracing, () => call(guarded(traced)));
  if (!(result instanceof TracedTensor)) {
    throw new DefinitionError(`parameterization: the function must return a tensor; it returns ${show(result)}`, {
      origin,
      ...(result === undefined ? missingReturn(read, f) : {}),
    });
  }
  return {
    parameters,
    predictor: g.reshape(fitting(g, result, predictorShape), predictorShape),
    network: null,
    initialization: { kind: 'each', parts: starts },
  };
}

/** Adjusts axes of length 1; any other implicit reshaping could hide a mistake. */
function fitting(g: GraphBuilder, result: TracedTensor, wanted: Shape): number {
  const essential = (shape: Shape) => shape.filter((length) => length !== 1).join();
  const shape = g.shapeOf(result.node);
  if (essential(shape) === essential(wanted)) return result.node;
  const isSame = sizeOf(shape) === sizeOf(wanted);
  throw new DefinitionError(
    `parameterization: the function's result has shape ${showShape(shape)}; the problem's predictor has ${showShape(wanted)}`,
    { hint: isSame ? `If this is intended, return reshape(…, [${wanted.join(', ')}]).` : null },
  );
}

/** Parameters by name; accessing an unknown name throws an error at that place. */
function guarded(parameters: Record<string, Tensor>): Record<string, Tensor> {
  return new Proxy(parameters, {
    get(target, name) {
      if (typeof name !== 'string' || name in target) return Reflect.get(target, name);
      const names = Object.keys(target).map((known) => `'${known}'`);
      throw new DefinitionError(`there is no '${name}' here`, {
        hint: `Available: ${names.join(', ')}.`,
        origin: { stack: new Error().stack ?? '' },
      });
    },
  });
}

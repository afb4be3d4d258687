import type { Shape } from '../compiler/shape.ts';
import { showShape } from '../compiler/shape.ts';
import { captureOrigin, DefinitionError, type Origin } from '../errors.ts';
import { MOST_LAYERS } from '../limits.ts';
import { isArrayLike, Options, readMatrix } from '../options.ts';
import type { FactorInitialization, Initialization } from './initialization.ts';
import type { BuildContext, Built, Parameterization } from './parameterization.ts';

interface ProductOptions {
  /**
   * Number of factors L in W = W_L ⋯ W_2 W_1.
   * @example depth: 3
   */
  depth: number;
  /**
   * `gaussian` (default): entries from N(0, scale²). `identity`, `orthogonal`: `scale` times identity or orthogonal
   * factors. `balanced`: W_{l+1}ᵀ W_{l+1} = W_l W_lᵀ, each factor of spectral norm `scale`. Given matrices: in the
   * order W_1 (closest to the input), W_2, ….
   * @example init: 'balanced'
   */
  init?: FactorInitialization | number[][][];
  /**
   * Standard deviation (gaussian), or scale factor of the others (default 0.1; for given matrices 1).
   * @example scale: 0.01
   */
  scale?: number;
}

export interface FactorizationOptions extends ProductOptions {
  /**
   * Width of the hidden layers (default min(rows, columns)).
   * @example rank: 5
   */
  rank?: number;
}

export interface DeepLinearOptions extends ProductOptions {
  /**
   * Width of the hidden layers (default: the input dimension).
   * @example width: 50
   */
  width?: number;
}

/**
 * Deep matrix factorization: the predictor W = W_L ⋯ W_2 W_1 of a matrix problem.
 * @example factorization({ depth: 3, scale: 0.01, init: 'balanced' })
 */
export function factorization(options: FactorizationOptions): Parameterization {
  return product('factorization', 'rank', options, captureOrigin(factorization));
}

/**
 * A deep linear network: the predictor w = (W_L ⋯ W_2 W_1)ᵀ of a problem with vector inputs; W_L has one row.
 * @example deepLinear({ depth: 3, width: 50 })
 */
export function deepLinear(options: DeepLinearOptions): Parameterization {
  return product('deepLinear', 'width', options, captureOrigin(deepLinear));
}

function product(
  block: 'factorization' | 'deepLinear',
  hiddenName: 'rank' | 'width',
  options: unknown,
  origin: Origin,
): Parameterization {
  const read = new Options(block, options, ['depth', hiddenName, 'scale', 'init']);
  const given = isArrayLike(read.raw('init')) ? readFactors(read.raw('init'), block) : null;
  const depth = read.count('depth', given?.length, 1, MOST_LAYERS);
  const hidden = read.has(hiddenName) ? read.size(hiddenName) : null;
  const scale = read.positive('scale', given ? 1 : 0.1);
  if (given && given.length !== depth) {
    throw new DefinitionError(`${block}: 'init' gives ${given.length} matrices for a depth of ${depth}`);
  }
  const form = given ? null : read.choice('init', ['gaussian', 'identity', 'balanced', 'orthogonal'], 'gaussian');
  return {
    kind: 'parameterization',
    block,
    origin,
    build: (context) => {
      const shapes = factorShapes(block, context.predictorShape, depth, hidden, given);
      return build(context, shapes, start(form, scale, given));
    },
  };
}

function readFactors(value: unknown, block: string): { shape: Shape; values: Float64Array }[] {
  if (!isArrayLike(value) || value.length === 0)
    throw new DefinitionError(`${block}: 'init' must list the matrices, W_1 first`);
  return Array.from(value, (factor, layer) => {
    const { rows, columns, values } = readMatrix(factor, `${block}: 'init' W_${layer + 1}`);
    return { shape: [rows, columns], values };
  });
}

function factorShapes(
  block: string,
  predictor: Shape,
  depth: number,
  hidden: number | null,
  given: { shape: Shape }[] | null,
): Shape[] {
  const isVector = predictor.length === 1;
  if (isVector !== (block === 'deepLinear')) {
    const other = isVector ? 'deepLinear' : 'factorization';
    throw new DefinitionError(`${block} does not fit a problem whose predictor has shape ${showShape(predictor)}`, {
      hint: `Use ${other}.`,
    });
  }
  const [rows, columns] = isVector ? [1, predictor[0]] : predictor;
  const width = hidden ?? (isVector ? columns : Math.min(rows, columns));
  const shapes = Array.from({ length: depth }, (_, layer) => [
    layer === depth - 1 ? rows : (given?.[layer].shape[0] ?? width),
    layer === 0 ? columns : (given?.[layer - 1].shape[0] ?? width),
  ]);
  given?.forEach(({ shape }, layer) => {
    if (shape[0] !== shapes[layer][0] || shape[1] !== shapes[layer][1]) {
      throw new DefinitionError(
        `${block}: 'init' W_${layer + 1} has shape ${showShape(shape)}; here it must be ${showShape(shapes[layer])}`,
        {
          hint: 'List W_1, the layer closest to the input, first.',
        },
      );
    }
  });
  return shapes;
}

function start(
  form: FactorInitialization | null,
  scale: number,
  given: { values: Float64Array }[] | null,
): Initialization {
  if (given)
    return {
      kind: 'given',
      values: Float64Array.from(
        given.flatMap(({ values }) => [...values]),
        (x) => scale * x,
      ),
    };
  return form === 'gaussian' || form === null ? { kind: 'gaussian', scale } : { kind: 'factors', form, scale };
}

function build({ g, predictorShape }: BuildContext, shapes: Shape[], initialization: Initialization): Built {
  const parameters = shapes.map((shape, layer) => ({ name: `W${layer + 1}`, node: g.state(`W${layer + 1}`, shape) }));
  const end = parameters.slice(1).reduce((chain, { node }) => g.matmul(node, chain), parameters[0].node);
  return { parameters, predictor: g.reshape(end, predictorShape), network: null, initialization };
}

import type { CompiledModule } from '../../compiler/module.ts';
import type { ExampleCurvature } from '../lossHead.ts';

/** The values of {@link ExampleCurvature} at the parameters for which the program ran last. */
export interface ExampleWeights {
  readonly curvature: Float64Array;
  readonly slope: Float64Array;
  readonly ratio: Float64Array;
  readonly shift: number;
}

/** The nodes that an entry must have among its outputs for {@link weightsIn}. */
export function weightNodes({ slope, curvature, ratio, shift }: ExampleCurvature): number[] {
  return [slope, curvature, ratio, shift];
}

/** Views of the weights in a module's memory. */
export function weightsIn(module: CompiledModule, example: ExampleCurvature): ExampleWeights {
  const shift = module.view(example.shift);
  return {
    curvature: module.view(example.curvature),
    slope: module.view(example.slope),
    ratio: module.view(example.ratio),
    get shift() {
      return shift[0];
    },
  };
}

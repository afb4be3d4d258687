import { followsGradientFlow, stepLength } from '../../optimizers/index.ts';
import { deepProductLoss } from '../deepProduct.ts';
import type { CurveDefinition } from './curve.ts';

export const deepProductModes: CurveDefinition = {
  name: 'modes of the deep product',
  loss(data, { program, optimizer }, seed) {
    return followsGradientFlow(optimizer) ? deepProductLoss(data, program, seed, stepLength(optimizer)) : null;
  },
};

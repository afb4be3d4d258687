/** The vector field of gradient flow, −∇L. */
import { forward } from '../../compiler/autodiff/forward.ts';
import { reverse } from '../../compiler/autodiff/reverse.ts';
import { lossGradient } from '../lossHead.ts';
import type { Model } from '../model.ts';
import { compileModel } from '../trainer.ts';
import { type FlowSystem, negate } from './flowSystem.ts';
import type { VectorField } from './integrator.ts';
import { hasKinks } from './kinks.ts';
import type { Hessian } from './rosenbrock.ts';

/**
 * Maximum number of parameters for using the Hessian in a stiff gradient flow, which takes p products and p³/3
 * multiplications per step.
 */
const LARGEST_HESSIAN = 400;

/** dθ/dt = −∇L. */
export function gradientSystem(model: Model): FlowSystem {
  const { g, parameters, trainOutputs, data } = model;
  const y = g.constant(data.trainTargets, [data.trainTargets.length]);
  const slope = lossGradient(g, data.loss, trainOutputs, y);
  const gradients = reverse(g, [{ node: trainOutputs, derivative: slope }], parameters);
  const tangents = parameters.map((node, i) => g.state(`tangent ${i}`, g.shapeOf(node)));
  const moved = parameters.map((node, i) => ({ node, tangent: tangents[i] }));
  const curved = forward(g, moved, gradients);
  const module = compileModel(
    model,
    [
      { name: 'gradient', outputs: gradients },
      { name: 'hessian product', outputs: curved },
    ],
    tangents,
  );
  const run = module.entry('gradient');
  const views = gradients.map((node) => module.view(node));
  const field: VectorField = (theta, into) => {
    module.memory.set(theta);
    run(1);
    negate(views, into);
  };
  const product = module.entry('hessian product');
  const columns = curved.map((node) => module.view(node));
  const p = model.parameterCount;
  // In memory, the tangents follow the parameters in the same order.
  const direction = module.memory.subarray(p, 2 * p);
  const multiply = (into: Float64Array, start: number) => {
    product(1);
    let at = start;
    for (const column of columns) {
      into.set(column, at);
      at += column.length;
    }
  };
  const hessian: Hessian = (theta, into) => {
    module.memory.set(theta);
    for (let k = 0; k < p; k++) {
      direction.fill(0);
      direction[k] = 1;
      multiply(into, k * p);
    }
  };
  return {
    module,
    field,
    ...(p <= LARGEST_HESSIAN ? { hessian } : {}),
    hessianProduct(theta, v, into) {
      module.memory.set(theta);
      direction.set(v);
      multiply(into, 0);
    },
    hasKinks: hasKinks(g.graph, [trainOutputs]),
    report: () => null,
  };
}

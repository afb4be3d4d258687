/** An explicit Jacobian, row by row in reverse mode, for small parameterizations without structure. */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { NodeId } from '../../compiler/graph.ts';
import { sizeOf } from '../../compiler/shape.ts';
import type { Model } from '../model.ts';
import type { JacobianRows } from './jacobianRows.ts';
import { layersJacobian } from './layers.ts';

/** @param name of the entry; one model can have several Jacobians */
export function jacobianProgram(model: Model, z: NodeId, name: string): JacobianRows {
  const { g, parameters } = model;
  if (model.layers && z === model.trainOutputs) return layersJacobian(g, { outputs: z, layers: model.layers }, name);
  const seed = g.state(name, g.shapeOf(z));
  const gradients = reverse(g, [{ node: z, derivative: seed }], parameters);
  const size = sizeOf(g.shapeOf(z));
  return {
    entry: { name, outputs: gradients },
    states: [seed],
    size,
    evaluate(module, p, into) {
      const direction = module.view(seed);
      const parts = gradients.map((node) => module.view(node));
      const run = module.entry(name);
      for (let i = 0; i < size; i++) {
        direction.fill(0);
        direction[i] = 1;
        run(1);
        let at = i * p;
        for (const part of parts) {
          into.set(part, at);
          at += part.length;
        }
      }
    },
  };
}

/** An explicit Jacobian, row by row in reverse mode: for parameterizations without structure, and small p. */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { Entry } from '../../compiler/lower/lower.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { sizeOf } from '../../compiler/shape.ts';
import type { Model } from '../model.ts';

/** The nodes and the entry with which rows of ∂z/∂θ are computed. */
export interface JacobianProgram {
  entry: Entry;
  seed: NodeId;
  gradients: NodeId[];
  size: number;
}

/** @param name of the entry; one model can have several Jacobians */
export function jacobianProgram(model: Model, z: NodeId, name: string): JacobianProgram {
  const { g, parameters } = model;
  const seed = g.state(name, g.shapeOf(z));
  const gradients = reverse(g, [{ node: z, derivative: seed }], parameters);
  return { entry: { name, outputs: gradients }, seed, gradients, size: sizeOf(g.shapeOf(z)) };
}

/** J, row-major [q, p], at the present parameters. */
export function evaluateJacobian(
  program: JacobianProgram,
  module: CompiledModule,
  p: number,
  into: Float64Array,
): void {
  const seed = module.view(program.seed);
  const gradients = program.gradients.map((node) => module.view(node));
  const run = module.entry(program.entry.name);
  for (let i = 0; i < program.size; i++) {
    seed.fill(0);
    seed[i] = 1;
    run(1);
    let at = i * p;
    for (const gradient of gradients) {
      into.set(gradient, at);
      at += gradient.length;
    }
  }
}

/** J Jᵀ, [q, q]. */
export function gramOfRows(j: Float64Array, q: number, p: number, into: Float64Array): void {
  for (let a = 0; a < q; a++) {
    for (let b = 0; b <= a; b++) {
      let s = 0;
      for (let k = 0; k < p; k++) s += j[a * p + k] * j[b * p + k];
      into[a * q + b] = s;
      into[b * q + a] = s;
    }
  }
}

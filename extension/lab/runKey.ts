/** What decides the numbers of a run, and nothing else: names, places and the other cells of its grid do not enter. */
import type { Node } from './compiler/graph.ts';
import { encode } from './encoding.ts';
import { encodeOptimizer } from './optimizers/index.ts';
import type { PredictorProgram } from './parameterizations/parameterization.ts';
import { encodeProblem } from './problems/index.ts';
import type { RunPlan } from './run.ts';

/**
 * Incremented when equal plans yield different numbers, so that stored results of earlier versions are not used.
 * Problems and optimizers have versions of their own; this one is for the compiler, the trainers and the measurements.
 */
export const NUMERICS_VERSION = 5;

/** The digest of bytes, as text. */
export type Digest = (bytes: Uint8Array) => string;

/** Computes keys, of each plan once. Runs of a grid share problems, programs and optimizers: each is encoded once. */
export class RunKeys {
  private readonly known = new WeakMap<object, string>();

  constructor(private readonly digest: Digest) {}

  /** The same for two plans if and only if they yield the same numbers in the same arithmetic. */
  of(plan: RunPlan): string {
    return this.part(plan, ({ problem, program, optimizer, steps, identity }) =>
      encode({
        numerics: NUMERICS_VERSION,
        problem: this.part(problem, encodeProblem),
        program: this.part(program, encodeProgram),
        optimizer: this.part(optimizer, encodeOptimizer),
        steps,
        seed: identity.seed,
      }),
    );
  }

  private part<T extends object>(value: T, encodePart: (value: T) => Uint8Array): string {
    let digest = this.known.get(value);
    if (digest === undefined) {
      digest = this.digest(encodePart(value));
      this.known.set(value, digest);
    }
    return digest;
  }
}

/** A program without the names of its parameters. */
function encodeProgram({ graph, parameters, ...rest }: PredictorProgram): Uint8Array {
  const nodes = graph.nodes.map((node: Node) => (node.op === 'state' ? { ...node, name: '' } : node));
  return encode({ ...rest, nodes, parameters: parameters.map(({ node, shape }) => ({ node, shape })) });
}

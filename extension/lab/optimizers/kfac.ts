import { GraphBuilder } from '../compiler/builder.ts';
import { captureOrigin, DefinitionError } from '../errors.ts';
import { Options } from '../options.ts';
import { kroneckerFactored } from '../training/kronecker/kroneckerFactored.ts';
import { layersOf } from '../training/kronecker/layersOf.ts';
import type { Optimizer, SteppedOptimizer } from './optimizer.ts';

export interface KfacOptions {
  /**
   * Learning rate: the time t per step, t = rate · steps.
   * @example rate: 0.1
   */
  rate: number;
  /**
   * λ, above 0: added to the two factors as π√λ and √λ/π, π² the ratio of their mean eigenvalues (default 1e-3).
   * @example damping: 1e-3
   */
  damping?: number;
}

/** {@link kfac} as plain data. */
export interface Kfac {
  type: 'kfac';
  rate: number;
  damping: number;
}

/**
 * Kronecker-factored approximate curvature (Martens and Grosse 2015), an approximation of natural gradient descent for
 * layered models: `network`, `deepLinear` and `linear` on vector inputs. The Fisher information of a layer z = W a is
 * approximated by E[a aᵀ] ⊗ E[S δ δᵀ] with δ = ∂f/∂z, over the training inputs; correlations between layers are
 * neglected.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example kfac({ rate: 0.1, damping: 1e-3 })
 */
export function kfac(options: KfacOptions): Optimizer<Kfac> {
  const read = new Options('kfac', options, ['rate', 'damping']);
  return {
    kind: 'optimizer',
    type: 'kfac',
    rate: read.positive('rate'),
    damping: read.positive('damping', 1e-3),
    origin: captureOrigin(kfac),
  };
}

export const kfacOptimizer: SteppedOptimizer<Kfac> = {
  kind: 'steps',
  type: 'kfac',
  family: 'other',
  version: 1,
  describe: ({ rate, damping }) => `K-FAC · rate ${rate} · damping ${damping}`,
  check({ origin }, { name, programs }) {
    for (const [parameterization, program] of programs) {
      if (layersOf(new GraphBuilder(program.graph), program)) continue;
      throw new DefinitionError(
        `'${name}': kfac needs a layered model on vector inputs; '${parameterization}' is not one`,
        { hint: 'It works with linear, deepLinear and network.', origin },
      );
    }
  },
  trainer: ({ model, program, optimizer }) => kroneckerFactored(model, program, optimizer),
  gpu: { cpuOnly: 'Kronecker-factored steps run on the CPU' },
};

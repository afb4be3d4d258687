/**
 * Natural gradient descent in mixed precision: a GPU computes the Gram matrices in float32, the CPU everything else in
 * float64.
 */
import type { AnyProblemDescription } from '../../../problems/index.ts';
import type { Model } from '../../model.ts';
import type { Trainer } from '../../trainer.ts';
import { descend } from '../descent.ts';
import { gramOf } from '../gram.ts';
import { fisherSystem, rankBound } from '../iterative/fisherSystem.ts';
import type { NaturalStepSettings } from '../settings.ts';
import { spaceFor } from '../space.ts';
import { structureOf } from '../structure.ts';
import { FactoredGram, GRAM } from './factoredGram.ts';
import { MixedSpace } from './mixedSpace.ts';

/** Typical number of refinement rounds per step. */
const ROUNDS = 3;

/** @returns the trainer; null if there is no Gram matrix or it cannot have full rank */
export function mixedNaturalGradient(
  model: Model,
  optimizer: NaturalStepSettings,
  problem: AnyProblemDescription,
  seed: number,
): Trainer | null {
  const chosen = spaceFor(model, optimizer);
  if (chosen === 'parameters' || chosen === 'iterative') return null;
  const system = fisherSystem(model, optimizer, problem, seed);
  if (system.products.rows > rankBound(model, system)) return null;
  const gram = gramOf(model, structureOf(model), system.space);
  if (gram?.kind !== 'dense') return null;
  const factored = new FactoredGram(model, gram.node, optimizer.damping !== 0);
  const space = new MixedSpace(model, optimizer, system, factored);
  const trainer = descend(space, model, optimizer);
  return {
    ...trainer,
    portable: {
      module: factored.module,
      entry: GRAM,
      states: [...model.parameters, gram.node],
      feed: () => space.feed(),
      finish() {
        space.markGramCurrent();
        trainer.step(1);
      },
      finishing: [
        { module: factored.module, entry: 'factor', times: 1 },
        ...['solve', 'multiply'].map((entry) => ({ module: factored.module, entry, times: ROUNDS })),
        ...['vjp', 'jvp'].map((entry) => ({ module: system.products.module, entry, times: ROUNDS })),
      ],
      check: () => space.refusal,
      precision: 'Gram matrix in float32, solved in float64',
    },
  };
}

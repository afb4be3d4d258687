/**
 * Natural gradients, (F + λ I)⁻¹ ∇L, minimum-norm if F is singular (Amari 1998; in sample space as in Karakida and
 * Osawa 2020). F is never formed.
 */

import type { AnyProblemDescription } from '../../problems/index.ts';
import type { Model } from '../model.ts';
import type { Trainer } from '../trainer.ts';
import { descend } from './descent.ts';
import { FactoredSpace } from './factoredSpace.ts';
import { IterativeSpace } from './iterative/iterativeSpace.ts';
import { RankRevealingSpace } from './rankRevealing/rankRevealingSpace.ts';
import type { NaturalStepSettings } from './settings.ts';
import { spaceFor } from './space.ts';
import type { StepSpace, StepSpaceTask } from './stepSpace.ts';
import { TwoFactorSpace } from './twoFactorSpace.ts';

/** θ ← θ − rate · (F + λ I)⁻¹ ∇L. */
export function naturalGradientTrainer(
  model: Model,
  optimizer: NaturalStepSettings,
  problem: AnyProblemDescription,
  seed: number,
): Trainer {
  return descend(stepSpace({ model, settings: optimizer, problem, seed, rate: optimizer.rate }), model, optimizer);
}

/** The solver of the steps, chosen by the model's size and structure and by the Fisher information. */
export function stepSpace(task: StepSpaceTask): StepSpace {
  const { model, settings, problem, seed } = task;
  const exact = TwoFactorSpace.create(task);
  if (exact) return exact;
  const space = spaceFor(model, settings);
  if (space === 'iterative') return new IterativeSpace(model, settings, problem, seed);
  const factored = space === 'parameters' ? null : FactoredSpace.create(task, space);
  return factored ?? new RankRevealingSpace(model, settings, problem, seed, space);
}

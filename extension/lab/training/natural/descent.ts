/** Natural gradient descent with any solver. */

import type { Model } from '../model.ts';
import { copyOf, type SavedState, type Trainer, type Unsolved } from '../trainer.ts';
import { dampingAt } from './damping.ts';
import type { NaturalStepSettings } from './settings.ts';
import type { CompiledSteps, StepSpace } from './stepSpace.ts';

/** θ ← θ − rate · δ. */
export function descend(space: StepSpace, { parameterCount }: Model, optimizer: NaturalStepSettings): Trainer {
  const parameters = space.module.memory.subarray(0, parameterCount);
  const { rate } = optimizer;
  const damping = new DampingClock(optimizer);
  const save = (old?: SavedState): SavedState => {
    const before = copyOf(parameters, old);
    const restoreDamping = damping.save();
    const restoreSpace = space.save?.();
    const restore = () => {
      parameters.set(before);
      restoreDamping();
      restoreSpace?.();
    };
    return { words: before, restore };
  };
  let beforeCompiled: SavedState | undefined;
  let unsolved: Unsolved | null = null;
  /** Takes one step with the space's solver; returns false if its system was not solved. */
  const stepOnce = (): boolean => {
    const restore = damping.save();
    const step = space.solve(damping.next());
    if (space.unsolved !== null) {
      restore();
      return false;
    }
    for (let k = 0; k < step.length; k++) parameters[k] -= rate * step[k];
    return true;
  };
  /**
   * Takes steps in compiled code. If one of them is not solved, all are repeated one by one, so that fallbacks do not
   * depend on the number of steps per call.
   */
  const takeCompiled = (compiled: CompiledSteps, times: number, isMeasured: boolean): void => {
    beforeCompiled = save(beforeCompiled);
    let isSolved = true;
    if (damping.isConstant) {
      isSolved = compiled.take(times, isMeasured);
      damping.skip(times);
    } else {
      for (let t = 0; t < times && isSolved; t++) {
        compiled.setDamping(damping.next());
        isSolved = compiled.take(1, isMeasured && t === 0);
      }
    }
    if (isSolved) return;
    beforeCompiled.restore();
    if (times === 1) stepOnce();
    else for (let t = 0; t < times; t++) takeCompiled(compiled, 1, false);
  };
  return {
    module: space.module,
    step(times, isMeasured = false) {
      unsolved = null;
      if (space.compiled) {
        takeCompiled(space.compiled, times, isMeasured);
        return;
      }
      for (let t = 0; t < times; t++) {
        if (stepOnce()) continue;
        unsolved = { steps: t, residual: space.unsolved ?? Number.NaN };
        return;
      }
    },
    unsolved: () => unsolved,
    save,
    report: () => space.report(),
  };
}

/** The damping of consecutive steps. */
class DampingClock {
  readonly isConstant: boolean;
  private step = 0;

  constructor(private readonly optimizer: NaturalStepSettings) {
    this.isConstant = typeof optimizer.damping === 'number';
  }

  /** The damping of the next step; advances the clock. */
  next(): number {
    const { step } = this;
    this.step++;
    return dampingAt(this.optimizer.damping, { step, time: step * this.optimizer.rate });
  }

  skip(steps: number): void {
    this.step += steps;
  }

  save(): () => void {
    const { step } = this;
    return () => {
      this.step = step;
    };
  }
}

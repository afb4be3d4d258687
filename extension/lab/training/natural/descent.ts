/** Steps of natural gradient descent, whatever solves for them. */
import { dampingAt } from '../../optimizers/damping.ts';
import type { NaturalGradientDescent } from '../../optimizers/optimizer.ts';
import type { Model } from '../model.ts';
import type { Trainer } from '../trainer.ts';
import type { StepSpace } from './stepSpace.ts';

/** θ ← θ − rate · δ, δ solved for whole. */
export function spaceDescent(space: StepSpace, { parameterCount }: Model, optimizer: NaturalGradientDescent): Trainer {
  const { memory } = space.module;
  const { rate } = optimizer;
  const damping = new DampingClock(optimizer);
  return {
    module: space.module,
    step: (times) => {
      for (let t = 0; t < times; t++) {
        const step = space.solve(damping.next());
        for (let k = 0; k < step.length; k++) memory[k] -= rate * step[k];
      }
    },
    save: () => {
      const goBack = space.save?.();
      const others = saving(memory.subarray(0, parameterCount), damping);
      return () => {
        others();
        goBack?.();
      };
    },
    report: () => space.report(),
  };
}

/** The damping of one step after the other. */
export class DampingClock {
  readonly isConstant: boolean;
  private step = 0;

  constructor(private readonly optimizer: NaturalGradientDescent) {
    this.isConstant = typeof optimizer.damping === 'number';
  }

  /** Of the next step, which is counted. */
  next(): number {
    return this.at(this.step++);
  }

  skip(steps: number): void {
    this.step += steps;
  }

  /** Of the step taken last; before any, of the first. */
  last(): number {
    return this.at(Math.max(0, this.step - 1));
  }

  save(): () => void {
    const { step } = this;
    return () => {
      this.step = step;
    };
  }

  private at(step: number): number {
    return dampingAt(this.optimizer.damping, { step, time: step * this.optimizer.rate });
  }
}

/** Remembers parameters and damping; what it returns goes back there. */
export function saving(parameters: Float64Array, damping: DampingClock): () => void {
  const before = parameters.slice();
  const goBack = damping.save();
  return () => {
    parameters.set(before);
    goBack();
  };
}

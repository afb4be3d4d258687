import { DORMAND_PRINCE } from './dormandPrince.ts';
import { ExplicitRungeKutta } from './explicitRungeKutta.ts';
import type { FlowSystem } from './flowSystem.ts';
import { RODAS } from './rodas.ts';
import { Rosenbrock } from './rosenbrock.ts';
import type { Tolerances } from './stepSizeControl.ts';

/**
 * Integrates a flow with cheap explicit steps of order 5. A gradient flow that turns out to be stiff, limited by
 * stability for many consecutive steps, continues with linearly implicit steps. A logarithmic tail is not stiff in
 * itself, because its curvature decays like 1/t and steps grow with t; it is stiff if the margins differ strongly, as
 * is any flow that stays at a minimum for long.
 */
export class FlowSolver {
  private readonly explicit: ExplicitRungeKutta;
  private implicit: Rosenbrock | null = null;

  constructor(
    private readonly system: Pick<FlowSystem, 'field' | 'hessian' | 'accept'>,
    private readonly tolerances: Tolerances,
    start: Float64Array,
  ) {
    this.explicit = new ExplicitRungeKutta(DORMAND_PRINCE, start, system.field, tolerances);
  }

  get t(): number {
    return this.present.t;
  }

  get y(): Float64Array {
    return this.present.y;
  }

  get steps(): number {
    return this.explicit.steps + (this.implicit?.steps ?? 0);
  }

  get rejected(): number {
    return this.explicit.rejected + (this.implicit?.rejected ?? 0);
  }

  /**
   * Takes one step, not beyond `end`.
   * @returns false if the required step is too small: the flow ends at t
   */
  step(end: number): boolean {
    const { explicit, system } = this;
    if (this.implicit) return this.implicit.step(end);
    if (explicit.isStiff && system.hessian) {
      const { t, y, h } = explicit;
      this.implicit = new Rosenbrock(RODAS, t, y, h, system.field, system.hessian, this.tolerances);
      return this.implicit.step(end);
    }
    if (!explicit.step(end)) return false;
    system.accept?.();
    return true;
  }

  /** Writes the solution at a time within the last step. */
  at(time: number, into: Float64Array): void {
    this.present.interpolate(time, into);
  }

  private get present(): ExplicitRungeKutta | Rosenbrock {
    return this.implicit ?? this.explicit;
  }
}

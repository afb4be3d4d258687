import type { CompiledModule } from '../../compiler/module.ts';
import type { SolverReport } from '../../results.ts';

/** What solves for a whole natural gradient step at the parameters in its module's memory. */
export interface StepSpace {
  readonly module: CompiledModule;
  /** δ = (F + damping I)⁻¹ ∇L, [p]; the same array each time. */
  solve(damping: number): Float64Array;
  /** Whether the last solution is none: a rank was lost that was there before, or nothing was found. */
  readonly failed: boolean;
  /** What the last solution was like; computes the condition number. */
  report(): SolverReport;
  /** Remembers what lasts from step to step; what it returns goes back there. */
  save?(): () => void;
}

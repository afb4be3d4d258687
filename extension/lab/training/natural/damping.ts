/** Damping λ of natural gradients: a constant, or a schedule. */

/** A schedule: λ = start · (end / start)^min(1, position / over). */
export interface DampingSchedule {
  start: number;
  end: number;
  /** Duration of the change, in steps or in time. */
  over: number;
  unit: 'steps' | 'time';
}

/** A constant λ, or a schedule. */
export type Damping = number | DampingSchedule;

/** λ of the step after `step` steps, or at time t. */
export function dampingAt(damping: Damping, { step, time }: { step: number; time: number }): number {
  if (typeof damping === 'number') return damping;
  const { start, end, over, unit } = damping;
  const share = (unit === 'steps' ? step : time) / over;
  return share >= 1 ? end : start * (end / start) ** share;
}

/** λ of the first step. */
export function firstDamping(damping: Damping): number {
  return typeof damping === 'number' ? damping : damping.start;
}

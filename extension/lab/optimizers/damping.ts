/** The option `damping` of natural gradient optimizers, and its description. */
import { DefinitionError } from '../errors.ts';
import { isRecord, Options, show } from '../options.ts';
import type { Damping } from '../training/natural/damping.ts';

/**
 * Damping that changes geometrically from `start` to `end`, both above 0, over a number of steps or a time (t = rate ·
 * steps, or a flow's t), and then stays at `end`: λ = start · (end / start)^min(1, step / steps).
 */
export type DampingScheduleOptions = {
  /**
   * Damping λ at the start, above 0.
   * @example start: 1
   */
  start: number;
  /**
   * Damping λ from then on, above 0.
   * @example end: 1e-4
   */
  end: number;
} & (
  | {
      /**
       * Number of steps that the change takes.
       * @example steps: 500
       */
      steps: number;
      time?: undefined;
    }
  | {
      /**
       * Time t that the change takes (rate · steps, or the t of a flow).
       * @example time: 5
       */
      time: number;
      steps?: undefined;
    }
);

/**
 * Reads the option `damping`.
 * @param block the optimizer's name; schedules of a flow are in time only
 * @throws DefinitionError for anything but a number of at least 0 or a schedule
 */
export function readDamping(read: Options, block: string): Damping {
  const value = read.raw('damping');
  if (!isRecord(value)) {
    if (value === undefined || (typeof value === 'number' && value >= 0 && Number.isFinite(value))) return value ?? 0;
    throw new DefinitionError(
      `${block}: 'damping' must be a number of at least 0 or a schedule { start, end, ${spans(block)} }; it is ${show(value)}`,
    );
  }
  const schedule = new Options(
    `${block}: the schedule of 'damping'`,
    value,
    ['start', 'end', 'steps', 'time'],
    ['damping'],
  );
  const [bySteps, byTime] = [schedule.has('steps'), schedule.has('time')];
  if (bySteps && isFlowName(block)) {
    throw new DefinitionError(`${block}: the schedule of 'damping' uses 'steps', but a flow has no steps`, {
      hint: "Set its duration with 'time'.",
    });
  }
  if (bySteps === byTime) {
    const what = bySteps ? "has both 'steps' and 'time'" : `needs ${spans(block)}: how long it takes`;
    throw new DefinitionError(`${block}: the schedule of 'damping' ${what}`);
  }
  return {
    start: schedule.positive('start'),
    end: schedule.positive('end'),
    over: bySteps ? schedule.count('steps') : schedule.positive('time'),
    unit: bySteps ? 'steps' : 'time',
  };
}

/** A short description for tooltips; empty without damping. */
export function describeDamping(damping: Damping): string {
  if (typeof damping === 'number') return damping > 0 ? ` · damping ${damping}` : '';
  const { start, end, over, unit } = damping;
  return ` · damping ${start} → ${end} ${unit === 'steps' ? `in ${over} steps` : `until t = ${over}`}`;
}

function isFlowName(block: string): boolean {
  return block === 'naturalGradientFlow';
}

function spans(block: string): string {
  return isFlowName(block) ? "'time'" : "'steps' or 'time'";
}

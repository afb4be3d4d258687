/** The time limit of `--full`: stops what takes longer than the `full` of its definition allows. */
import type { EngineEvent } from '../engine/protocol.ts';
import type { GridPlan } from '../report/grid.ts';

type Reported = EngineEvent & { type: 'failed' | 'noted' };

/** Node's timers hold no more milliseconds. */
const LONGEST = 2 ** 31 - 1;

export class TimeLimit {
  /** Whether an experiment took longer than it may. */
  isExceeded = false;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param file its absolute path
   * @param isFull whether the full size was asked for
   * @param stop ends the training of the file
   * @param report takes what is to be said about an experiment
   */
  constructor(
    private readonly file: string,
    private readonly isFull: boolean,
    private readonly stop: () => void,
    private readonly report: (event: Reported) => void,
  ) {}

  /** Follows the events of a request: each experiment has its own time. */
  take(event: EngineEvent): void {
    if (event.type === 'planned') this.begin(event.grid, event.request);
    if (event.type === 'finished' || event.type === 'failed' || event.type === 'ended') clearTimeout(this.timer);
  }

  private begin(grid: GridPlan, request: number): void {
    clearTimeout(this.timer);
    const { experiment, timeLimit } = grid;
    if (!this.isFull) return;
    if (timeLimit === undefined) {
      const note = `'${experiment}' has no 'full': it is run in its own size`;
      this.report({ type: 'noted', request, experiment, note });
      return;
    }
    this.timer = setTimeout(() => this.exceed(grid, request), Math.min(LONGEST, 1000 * timeLimit));
  }

  private exceed({ experiment, line, column, timeLimit }: GridPlan, request: number): void {
    this.isExceeded = true;
    this.stop();
    const failure = {
      ...({
        kind: 'run',
        file: this.file,
        line,
        column,
        endLine: null,
        endColumn: null,
        fixes: [],
        experiment,
      } as const),
      message: `the full size takes longer than the ${timeLimit} s that it may`,
      hint: "Raise 'timeLimit' in 'full', or choose less: fewer seeds, steps or points.",
    };
    this.report({ type: 'failed', request, failure });
  }
}

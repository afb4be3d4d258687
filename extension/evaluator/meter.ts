/** Measures what user code uses: the processor time and the memory of this process. */

/** Milliseconds between two looks. */
const LOOK_EVERY = 50;
/** A share of one core above which code counts as running while no request is pending. */
const BUSY = 0.5;

export interface Use {
  /** Processor time since the stage began, in seconds. */
  seconds: number;
  /** Resident memory, in bytes. */
  bytes: number;
}

export class Meter {
  private began = process.cpuUsage();
  private spentIdle = 0;
  private isIdle = true;
  private last = { cpu: process.cpuUsage(), at: performance.now() };
  private readonly timer: NodeJS.Timeout;

  /** @param onLook called with the use of the current stage */
  constructor(onLook: (use: Use) => void) {
    this.timer = setInterval(() => onLook(this.use()), LOOK_EVERY);
  }

  /** Begins a new stage. @param isIdle whether no request is pending: only what keeps a core busy is counted */
  begin(isIdle: boolean): void {
    this.began = process.cpuUsage();
    this.spentIdle = 0;
    this.isIdle = isIdle;
    this.last = { cpu: this.began, at: performance.now() };
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private use(): Use {
    const bytes = process.memoryUsage.rss();
    if (!this.isIdle) return { seconds: secondsSince(this.began), bytes };
    const spent = secondsSince(this.last.cpu);
    const passed = (performance.now() - this.last.at) / 1000;
    this.last = { cpu: process.cpuUsage(), at: performance.now() };
    if (spent > BUSY * passed) this.spentIdle += spent;
    return { seconds: this.spentIdle, bytes };
  }
}

function secondsSince(earlier: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(earlier);
  return (user + system) / 1e6;
}

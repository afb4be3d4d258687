/** Chooses the engine for runs with `engine: auto`. */
import { isRefusal, type Refusal } from '../../lab/compiler/backend.ts';
import type { RunPlan } from '../../lab/run.ts';
import { batchKey } from './batchKey.ts';
import type { RunWork } from './costs/count.ts';
import { type Decision, decide, noGpuReason } from './costs/decide.ts';
import type { CostTable } from './costs/table.ts';
import { cpuOnlyReason } from './cpuOnly.ts';

/** Counts the work of runs on the GPU. */
export interface WorkCounter {
  /** @returns a refusal if the GPU cannot train the run */
  count(plan: RunPlan): Promise<RunWork | Refusal>;
  /** Releases a counted run that will not be trained on the GPU. */
  release(plan: RunPlan): void;
}

export class AutoEngine {
  /** Runs requested in this turn of the event loop, by batch key. */
  private readonly asked = new Map<string, RunPlan[]>();
  private decisions: Promise<Map<string, Promise<Decision>>> | null = null;
  /** The costs as they are in this turn of the event loop. */
  private costs: { table: CostTable | null } | null = null;

  /** @param readCosts reads the costs measured on this machine */
  constructor(
    private readonly counter: WorkCounter,
    private readonly readCosts: () => CostTable | null,
  ) {}

  /** @param threads of the CPU */
  async choose(plan: RunPlan, threads: number): Promise<Decision> {
    const reason = cpuOnlyReason(plan.optimizer) ?? this.noGpuReason();
    if (reason !== null) return { engine: 'cpu', reason };
    const key = batchKey(plan);
    const equal = this.asked.get(key) ?? [];
    this.asked.set(key, equal);
    equal.push(plan);
    // The runs of a grid are requested one by one: the number of equal runs is known after all requests of this turn.
    this.decisions ??= new Promise((resolve) => setImmediate(() => resolve(this.decideAll(threads))));
    const decision = (await this.decisions).get(key);
    if (!decision) throw new Error('nothing was decided');
    return decision;
  }

  /** Why no run can go to the GPU, whatever it is; null if one may. */
  noGpuReason(): string | null {
    return noGpuReason(this.table());
  }

  private table(): CostTable | null {
    if (!this.costs) setImmediate(() => (this.costs = null));
    this.costs ??= { table: this.readCosts() };
    return this.costs.table;
  }

  private decideAll(threads: number): Map<string, Promise<Decision>> {
    const table = this.table();
    const decisions = new Map<string, Promise<Decision>>();
    for (const [key, plans] of this.asked) decisions.set(key, this.decideFor(plans, table, threads));
    this.asked.clear();
    this.decisions = null;
    return decisions;
  }

  /** Decides for all runs based on the first one. */
  private async decideFor(plans: readonly RunPlan[], table: CostTable | null, threads: number): Promise<Decision> {
    const first = plans[0]!;
    const work = await this.counter.count(first);
    const decision: Decision = isRefusal(work)
      ? { engine: 'cpu', reason: work.refusal }
      : decide(work, plans.length, table, threads);
    if (decision.engine === 'cpu') this.counter.release(first);
    return decision;
  }
}

/** Chooses where runs are computed of which nobody says it. */

import { launchesOf, totalOf, workOf, workOfEntries } from '../../lab/compiler/gpu/work.ts';
import { isRefusal, type Member, memberOf } from '../../lab/training/onGpu/member.ts';
import { LIMITS, mostAlike } from '../../lab/training/onGpu/together.ts';
import { whyNotOnGpu } from '../../lab/training/onGpu/whyNot.ts';
import { type RunPlan, samplesOf } from '../../lab/training/run.ts';
import { MEASURE } from '../../lab/training/trainer.ts';
import { likenessOf } from './alike.ts';
import { type Decision, decide, type Job } from './costs/decide.ts';
import type { CostTable } from './costs/table.ts';

export class Choice {
  /** Runs that were asked for in this turn, by what they have in common. */
  private readonly asked = new Map<string, RunPlan[]>();
  private decisions: Promise<Map<string, Decision>> | null = null;

  constructor(private readonly readCosts: () => CostTable | null) {}

  /** @param threads of the processor */
  async of(plan: RunPlan, threads: number): Promise<Decision> {
    const reason = whyNotOnGpu(plan.optimizer);
    if (reason !== null) return { engine: 'cpu', reason };
    const likeness = likenessOf(plan);
    const alike = this.asked.get(likeness) ?? [];
    this.asked.set(likeness, alike);
    alike.push(plan);
    // The runs of a grid are asked for one after the other: it counts how many there are.
    this.decisions ??= new Promise((resolve) => setImmediate(() => resolve(this.decide(threads))));
    const decision = (await this.decisions).get(likeness);
    if (!decision) throw new Error('nothing was decided');
    return decision;
  }

  private decide(threads: number): Map<string, Decision> {
    const table = this.readCosts();
    const decisions = new Map<string, Decision>();
    for (const [likeness, plans] of this.asked) decisions.set(likeness, decideFor(plans, table, threads));
    this.asked.clear();
    this.decisions = null;
    return decisions;
  }
}

function decideFor(plans: readonly RunPlan[], table: CostTable | null, threads: number): Decision {
  // Without a graphics card nothing has to be counted.
  if (table === null || table.card === null || table.card.isSoftware) return decide(NOTHING, table, threads);
  try {
    return decide(jobOf(memberOf(0, plans[0]), plans.length), table, threads);
  } catch (error) {
    // What fails here fails where it is trained, and is reported there.
    return { engine: 'cpu', reason: isRefusal(error) ? error.message : 'its work could not be counted' };
  }
}

const NONE = { flops: 0, words: 0 };
const NOTHING: Job = {
  runs: 0,
  together: 1,
  steps: 0,
  samples: 0,
  measure: NONE,
  step: NONE,
  cardStep: NONE,
  launches: 0,
  finish: NONE,
};

function jobOf(member: Member, runs: number): Job {
  const { plan, trainer, running, printed, portable } = member;
  const { program } = portable.module;
  const finish = workOfEntries(portable.finishing);
  // What a step is brought goes up on its own.
  const samples = portable.feed === null ? samplesOf(plan, running.model).length : plan.steps;
  return {
    runs,
    together: Math.min(runs, mostAlike(member, LIMITS)),
    steps: plan.steps,
    samples,
    measure: workOf(trainer.module.program, MEASURE, 'processor'),
    step: totalOf([workOf(program, portable.entry, 'processor'), finish]),
    cardStep: workOf(program, portable.entry, 'card'),
    launches: launchesOf(printed),
    finish,
  };
}

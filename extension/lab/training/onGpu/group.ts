/** Trains runs of equal program side by side: each launch takes steps of all of them. */
import type { DeviceModule, DevicePrograms } from '../../compiler/gpu/module.ts';
import { measure, resultOf } from '../measure.ts';
import { areFinite, nextPace, SLICE } from '../pace.ts';
import { placeToGoBack, samplesOf } from '../run.ts';
import { type RanOn, STEP } from '../trainer.ts';
import type { Member } from './member.ts';
import type { TrainingReport } from './together.ts';

/**
 * Steps on the device, in float32; measurements stay on the processor, in float64. A run that diverges ends alone. Where
 * the device fails, the processor goes on where it stood.
 */
export async function* trainGroup(
  members: readonly Member[],
  programs: DevicePrograms,
): AsyncGenerator<TrainingReport | null, void> {
  const began = performance.now();
  const [first] = members;
  const steps = new GroupSteps(members, programs);
  const due = samplesOf(first.plan, first.parameters.length);
  const finish = (member: Member, step: number, diverged?: number): TrainingReport => {
    const { trainer, rate, running } = member;
    const seconds = (performance.now() - began) / 1000;
    const measured = { ...running, trainer: { ...trainer, ranOn: () => steps.ranOn() } };
    return { run: member.run, result: resultOf(measured, { step, time: step * rate, seconds, diverged }) };
  };
  let live = [...members];
  let step = 0;
  let pace = 1; // steps that fit into a slice, learnt on the way
  for (const { step: next, isSnapshot } of due) {
    while (step < next && live.length > 0) {
      const chunk = Math.min(next - step, pace);
      const before = new Map(live.map((member) => [member, placeToGoBack(member.trainer, member.parameters)]));
      const at = performance.now();
      await steps.take(chunk, live);
      const spent = performance.now() - at;
      pace = nextPace(pace, spent);
      const ended = live.filter(({ parameters }) => !areFinite(parameters));
      if (ended.length > 0) {
        live = live.filter((member) => !ended.includes(member));
        const after = live.map((member) => placeToGoBack(member.trainer, member.parameters));
        for (const member of ended) before.get(member)?.();
        for (const [member, survived] of await steps.untilDivergence(ended, chunk)) {
          const diverged = step + survived + 1;
          yield finish(member, diverged, diverged);
        }
        for (const comeBack of after) comeBack();
      }
      step += chunk;
      if (spent > SLICE / 2) yield null;
    }
    for (const { run, running, rate } of live) {
      yield { run, sample: measure(running, { step, time: step * rate }, isSnapshot) };
    }
  }
  for (const member of live) yield finish(member, step);
}

/** The steps of a group, on the device as long as it does what it is told to. */
class GroupSteps {
  private readonly device: DeviceModule;
  private fallback: string | null = null;

  constructor(
    private readonly members: readonly Member[],
    private readonly programs: DevicePrograms,
  ) {
    this.device = programs.module(
      members.map(({ trainer, alone, printed }) => ({
        memory: trainer.module.memory,
        printed: members.length === 1 ? alone : printed,
      })),
    );
  }

  ranOn(): RanOn {
    const { members, programs, fallback } = this;
    if (fallback !== null) return { engine: 'cpu', device: members[0].trainer.module.backEnd, fallback };
    const device = `${programs.device.name} · WebGPU · float32`;
    return { engine: 'gpu', device, ...(members.length > 1 ? { together: members.length } : {}) };
  }

  /** Takes steps of the given members. Of the others, the memory is not to be looked at afterwards. */
  async take(times: number, members: readonly Member[]): Promise<void> {
    if (members[0].portable.feed !== null) {
      for (let t = 0; t < times; t++) await this.feedAndTake(members);
    } else if (!(await this.succeed(times))) {
      for (const { trainer } of members) trainer.step(times);
    }
  }

  private async feedAndTake(members: readonly Member[]): Promise<void> {
    for (const { portable } of members) portable.feed?.();
    if (await this.succeed(1)) return;
    for (const { trainer } of members) trainer.module.entry(STEP)(1);
  }

  /** Repeats a chunk step by step: how many steps each member takes before it is not finite, where it then stays. */
  async untilDivergence(members: readonly Member[], chunk: number): Promise<Map<Member, number>> {
    const survived = new Map<Member, number>();
    const places = new Map<Member, () => void>();
    let open = members;
    for (let count = 0; count < chunk && open.length > 0; count++) {
      await this.take(1, open);
      for (const member of open) {
        if (areFinite(member.parameters)) continue;
        survived.set(member, count);
        places.set(member, placeToGoBack(member.trainer, member.parameters));
      }
      open = open.filter((member) => !survived.has(member));
    }
    for (const stay of places.values()) stay();
    return survived;
  }

  /** Whether the device took the steps. */
  private async succeed(times: number): Promise<boolean> {
    if (this.fallback !== null) return false;
    try {
      await this.device.run(times);
      return true;
    } catch (error) {
      this.fallback = `the graphics card failed: ${firstLine(error)}`;
      await this.programs.examine(this.fallback);
      return false;
    }
  }
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0];
}

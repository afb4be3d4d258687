/** Trains runs of equal program side by side: each launch takes steps of all of them. */
import type { DevicePrograms } from '../../compiler/gpu/module.ts';
import { measure, resultOf, type Sample } from '../measure.ts';
import { areFinite, nextPace, SLICE } from '../pace.ts';
import { checkpoint, samplesOf } from '../run.ts';
import { GroupSteps } from './groupSteps.ts';
import type { Member } from './member.ts';
import type { TrainingReport } from './together.ts';

/**
 * Steps on the device, in float32; measurements stay on the processor, in float64. A run that diverges ends alone. Where
 * the device fails, the processor goes on where it stood. Runs of which it must be checked whether float32 will do are
 * refused as soon as it will not, or the device fails; until they end their samples are withheld.
 */
export async function* trainGroup(
  members: readonly Member[],
  programs: DevicePrograms,
): AsyncGenerator<TrainingReport | null, void> {
  const began = performance.now();
  const [first] = members;
  const steps = new GroupSteps(members, programs);
  const due = samplesOf(first.plan, first.running.model);
  const withheld = new Withheld();
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
      const before = new Map(live.map((member) => [member, checkpoint(member.trainer, member.parameters)]));
      const at = performance.now();
      await steps.take(chunk, live);
      const spent = performance.now() - at;
      pace = nextPace(pace, spent);
      const ended = live.filter(({ parameters }) => !areFinite(parameters));
      const unchecked = (steps.lost === null ? ended : live).filter(({ portable }) => portable.check);
      for (const { run, portable } of unchecked) {
        const range = portable.finish === null ? 'float32' : 'float64';
        yield { run, refusal: steps.lost ?? `its numbers left the range of ${range} by step ${step + chunk}` };
      }
      live = live.filter((member) => !ended.includes(member) && !unchecked.includes(member));
      const diverging = ended.filter((member) => !unchecked.includes(member));
      if (diverging.length > 0) {
        const after = live.map((member) => checkpoint(member.trainer, member.parameters));
        for (const member of diverging) before.get(member)?.();
        for (const [member, survived] of await steps.untilDivergence(diverging, chunk)) {
          const diverged = step + survived + 1;
          yield finish(member, diverged, diverged);
        }
        for (const comeBack of after) comeBack();
      }
      step += chunk;
      if (spent > SLICE / 2) yield null;
    }
    for (const member of [...live]) {
      const reason = step === 0 ? null : (member.portable.check?.() ?? null);
      if (reason === null) continue;
      live.splice(live.indexOf(member), 1);
      yield { run: member.run, refusal: `${reason} at step ${step}` };
    }
    for (const member of live) {
      const { run, running, rate } = member;
      const sample = measure(running, { step, time: step * rate }, isSnapshot);
      if (!Number.isFinite(sample.train.loss)) {
        live = live.filter((other) => other !== member);
        yield finish(member, step, step);
      } else if (member.portable.check) withheld.add(run, sample);
      else yield { run, sample };
    }
    if (live.some(({ portable }) => portable.check)) yield null;
  }
  for (const member of live) {
    yield* withheld.of(member.run);
    yield finish(member, step);
  }
}

/** Samples of runs that may yet turn out to be worth nothing. */
class Withheld {
  private readonly samples = new Map<number, Sample[]>();

  add(run: number, sample: Sample): void {
    const samples = this.samples.get(run) ?? [];
    this.samples.set(run, samples);
    samples.push(sample);
  }

  of(run: number): TrainingReport[] {
    return (this.samples.get(run) ?? []).map((sample) => ({ run, sample }));
  }
}

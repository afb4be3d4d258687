/** Trains runs with equal programs as a batch: each launch takes steps of all of them. */
import { gpuJs } from '../../../lab/compiler/gpu/backend.ts';
import type { DevicePrograms } from '../../../lab/compiler/gpu/module.ts';
import { checkpoint, samplesOf } from '../../../lab/run.ts';
import { measure, resultOf, type Sample } from '../../../lab/training/measure.ts';
import { areFinite, nextPace, SLICE } from '../../../lab/training/pace.ts';
import type { BatchedRun } from './batchedRun.ts';
import { BatchSteps } from './batchSteps.ts';
import type { TrainingReport } from './report.ts';

/**
 * Steps on the device, in float32; measurements stay on the CPU, in float64. A diverging run ends without affecting the
 * others. If the device fails, the CPU continues from the current states, and the result contains the step of the
 * transition; runs that the CPU repeats in float64 are refused instead, because the repetition is more accurate. Runs
 * whose accuracy in float32 must be checked are refused as soon as the check or the device fails; their samples are
 * withheld until they end.
 */
export async function* trainBatch(
  runs: readonly BatchedRun[],
  programs: DevicePrograms,
): AsyncGenerator<TrainingReport | null, void> {
  const began = performance.now();
  const first = runs[0]!;
  const steps = new BatchSteps(runs, programs);
  const due = samplesOf(first.plan, first.running.model);
  const withheld = new Withheld();
  const finish = (batched: BatchedRun, step: number, diverged?: number): TrainingReport => {
    const { run, plan, rate, running } = batched;
    const moved = steps.movedToCpu(batched);
    if (moved && plan.isRepeated) return { run, refusal: moved.reason };
    const seconds = (performance.now() - began) / 1000;
    const ending = { step, time: step * rate, seconds, diverged };
    return { run, result: resultOf(running, ending, { computed: steps.computed(batched) }) };
  };
  let live = [...runs];
  let step = 0;
  let pace = 1; // steps per time slice, adapted during training
  for (const { step: next, isSnapshot } of due) {
    while (step < next && live.length > 0) {
      const chunk = Math.min(next - step, pace);
      const before = new Map(live.map((run) => [run, checkpoint(run.trainer, run.parameters)]));
      const at = performance.now();
      await steps.take(step, chunk, live);
      const spent = performance.now() - at;
      pace = nextPace(pace, spent);
      const ended = live.filter(({ parameters }) => !areFinite(parameters));
      const isLost = steps.failureReason !== null;
      const refused = live.filter(
        (run) =>
          (isLost && run.plan.isRepeated) || (run.portable.check !== undefined && (isLost || ended.includes(run))),
      );
      for (const { run, portable } of refused) {
        const range = portable.finish === null ? gpuJs.precision : 'float64';
        const left = `its numbers left the range of ${range} by step ${step + chunk}`;
        yield { run, refusal: steps.failureReason ?? left };
      }
      const diverging = ended.filter((run) => !refused.includes(run));
      live = live.filter((run) => !ended.includes(run) && !refused.includes(run));
      if (diverging.length > 0) {
        const after = live.map((run) => checkpoint(run.trainer, run.parameters));
        for (const run of diverging) before.get(run)?.restore();
        for (const [run, survived] of await steps.untilDivergence(step, chunk, diverging)) {
          const diverged = step + survived + 1;
          yield finish(run, diverged, diverged);
        }
        for (const state of after) state.restore();
      }
      step += chunk;
      if (spent > SLICE / 2) yield null;
    }
    for (const batched of [...live]) {
      const reason = step === 0 ? null : (batched.portable.check?.() ?? null);
      if (reason === null) continue;
      live.splice(live.indexOf(batched), 1);
      yield { run: batched.run, refusal: `${reason} at step ${step}` };
    }
    for (const batched of live) {
      const { run, running, rate, portable } = batched;
      const sample = measure(running, { step, time: step * rate }, isSnapshot);
      if (!Number.isFinite(sample.train.loss)) {
        live = live.filter((other) => other !== batched);
        yield finish(batched, step, step);
      } else if (portable.check) withheld.add(run, sample);
      else yield { run, sample };
    }
    if (live.some(({ portable }) => portable.check)) yield null;
  }
  for (const batched of live) {
    yield* withheld.of(batched.run);
    yield finish(batched, step);
  }
}

/** Withholds samples of runs that may still be refused. */
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

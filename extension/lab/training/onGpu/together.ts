/** Trains many runs on a graphics card: those of equal program side by side, as many at once as fit. */
import type { DevicePrograms } from '../../compiler/gpu/module.ts';
import type { RunPlan, Sample, TrainedRun } from '../run.ts';
import { trainGroup } from './group.ts';
import { isAlike, isRefusal, type Member, memberOf, mixedMemberOf } from './member.ts';

/** What happened to one of the runs; `run` is its position among those that were asked for. */
export type TrainingReport =
  | { run: number; sample: Sample }
  | { run: number; result: TrainedRun }
  /** It cannot be trained here: none of its samples has been reported. */
  | { run: number; refusal: string }
  /** It failed, and would fail anywhere. */
  | { run: number; failure: unknown };

export interface TogetherLimits {
  /** Runs of one group. */
  runs: number;
  /** Bytes that the memories of a group may take in this process. */
  bytes: number;
}

/** Data and graph of a run take about as much again as its memory, and once more. */
export const LIMITS: TogetherLimits = { runs: 256, bytes: 2 ** 29 };

/** Yields what happens to the runs, and null when a slice of time is over. Each run ends with something but a sample. */
export async function* trainTogether(
  plans: readonly RunPlan[],
  programs: DevicePrograms,
  limits: TogetherLimits = LIMITS,
): AsyncGenerator<TrainingReport | null, void> {
  /** First those that are prepared: unlike the group before them, or once more in mixed precision. */
  const queue: (Member | Unprepared)[] = plans.map((plan, run) => ({ run, plan }));
  while (queue.length > 0) {
    const members: Member[] = [];
    let most = 1;
    let isFull = false;
    while (members.length < most && !isFull) {
      const next = queue.shift();
      if (!next) break;
      const prepared = isMember(next) ? next : prepareOne(next, programs);
      if (!isMember(prepared)) yield prepared;
      else if (members.length === 0) {
        members.push(prepared);
        most = mostAlike(prepared, limits);
      } else if (isAlike(members[0], prepared)) members.push(prepared);
      else {
        queue.unshift(prepared);
        isFull = true;
      }
    }
    if (programs.lost !== null) for (const { run } of members) yield { run, refusal: programs.lost };
    else if (members.length > 0) queue.unshift(...(yield* trainRefusing(members, programs)));
  }
}

type Unprepared = Pick<Member, 'run' | 'plan'>;

function isMember(other: Member | Unprepared | TrainingReport): other is Member {
  return 'trainer' in other;
}

/** Trains a group; returns the runs for which float32 turned out not to do, in mixed precision. */
async function* trainRefusing(
  members: readonly Member[],
  programs: DevicePrograms,
): AsyncGenerator<TrainingReport | null, Member[]> {
  const again: Member[] = [];
  for await (const report of trainGroup(members, programs)) {
    const isRefused = report !== null && 'refusal' in report && programs.lost === null;
    const member = isRefused ? members.find(({ run }) => run === report.run) : undefined;
    const mixed = member && mixedMemberOf(member);
    if (mixed) again.push(mixed);
    else yield report;
  }
  return again;
}

function prepareOne({ run, plan }: Unprepared, programs: DevicePrograms): Member | TrainingReport {
  if (programs.lost !== null) return { run, refusal: programs.lost };
  try {
    return memberOf(run, plan);
  } catch (error) {
    return isRefusal(error) ? { run, refusal: error.message } : { run, failure: error };
  }
}

/** How many runs like this one are trained side by side. */
export function mostAlike({ trainer, portable, printed }: Member, limits: TogetherLimits): number {
  const memories = new Set([trainer.module.memory, portable.module.memory]);
  const bytes = [...memories].reduce((sum, { byteLength }) => sum + byteLength, 0);
  const inMemory = Math.floor(limits.bytes / bytes);
  return Math.max(1, Math.min(limits.runs, inMemory, printed.mostRuns));
}

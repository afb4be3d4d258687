/** Trains many runs on a graphics card: those of equal program side by side, as many at once as fit. */
import type { DevicePrograms } from '../../compiler/gpu/module.ts';
import { NotOnGpu } from '../../compiler/gpu/print.ts';
import type { RunPlan, Sample, TrainedRun } from '../run.ts';
import { trainGroup } from './group.ts';
import { isAlike, type Member, memberOf, NotForCard } from './member.ts';

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
  const waiting = [...plans.entries()];
  /** Prepared, and unlike the group before it. */
  let ahead: Member | null = null;
  while (waiting.length > 0 || ahead !== null) {
    const members: Member[] = [];
    let most = 1;
    const join = (member: Member) => {
      members.push(member);
      if (members.length === 1) most = mostAlike(member, limits);
    };
    if (ahead !== null) join(ahead);
    ahead = null;
    while (members.length < most && ahead === null) {
      const next = waiting.shift();
      if (!next) break;
      const prepared = prepareOne(...next, programs);
      if (!('trainer' in prepared)) yield prepared;
      else if (members.length === 0 || isAlike(members[0], prepared)) join(prepared);
      else ahead = prepared;
    }
    if (programs.lost === null && members.length > 0) yield* trainGroup(members, programs);
    else for (const { run } of members) yield { run, refusal: programs.lost ?? '' };
  }
}

function prepareOne(run: number, plan: RunPlan, programs: DevicePrograms): Member | TrainingReport {
  if (programs.lost !== null) return { run, refusal: programs.lost };
  try {
    return memberOf(run, plan);
  } catch (error) {
    const isRefused = error instanceof NotForCard || error instanceof NotOnGpu;
    return isRefused ? { run, refusal: error.message } : { run, failure: error };
  }
}

/** How many runs like this one are trained side by side. */
export function mostAlike({ trainer, printed }: Member, limits: TogetherLimits): number {
  const inMemory = Math.floor(limits.bytes / trainer.module.memory.byteLength);
  return Math.max(1, Math.min(limits.runs, inMemory, printed.mostRuns));
}

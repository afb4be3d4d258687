/** Whether runs are for the graphics card or for the processor: a function of what there is to do and what it costs. */
import { scaled } from '../../../lab/compiler/gpu/work.ts';
import type { Work } from '../../../lab/compiler/operations/operation.ts';
import type { CostTable, Rates } from './table.ts';

/** What some equal runs have to do. */
export interface Job {
  /** How many there are, and how many of them the card trains side by side. */
  runs: number;
  together: number;
  steps: number;
  /** How often each is measured, always on the processor, and what that takes. */
  samples: number;
  measure: Work;
  /** One step on the processor, and on the card with so many launches. */
  step: Work;
  cardStep: Work;
  launches: number;
  /** What of a step on the card is left to the processor. */
  finish: Work;
}

export interface Decision {
  engine: 'cpu' | 'gpu';
  /** For people. */
  reason: string;
  /** The graphics card that the decision is for. */
  card?: string;
}

/** So much faster must the card be, for a prediction is none too exact. */
const CLEARLY = 1.5;

/**
 * @param table null where nothing has been measured
 * @param threads of the processor
 */
export function decide(job: Job, table: CostTable | null, threads: number): Decision {
  const onCpu = (reason: string): Decision => ({ engine: 'cpu', reason });
  if (table === null) return onCpu('no graphics card has been measured (depth-lab engine --calibrate)');
  if (table.card === null) return onCpu(table.reason ?? 'there is no graphics card');
  const { name, isSoftware } = table.card;
  if (isSoftware) return onCpu(`${name} is no graphics card, but software`);
  const [card, cpu] = [secondsOnCard(job, table), secondsOnCpu(job, table, threads)];
  const predicted = `predicted: ${shown(card)} on ${name}, ${shown(cpu)} on the CPU`;
  return CLEARLY * card < cpu ? { engine: 'gpu', reason: predicted, card: name } : onCpu(predicted);
}

/** Seconds until all runs have ended on so many threads. */
export function secondsOnCpu(job: Job, { cpu }: CostTable, threads: number): number {
  return Math.ceil(job.runs / threads) * secondsOfOne(job, cpu);
}

/**
 * Seconds until all runs have ended on the card. One of them is repeated beside it, and all are measured, by the
 * processor.
 */
export function secondsOnCard(job: Job, { card, cpu }: CostTable): number {
  if (card === null) return Number.POSITIVE_INFINITY;
  const { rates } = card;
  const groups = Math.ceil(job.runs / job.together);
  const step = job.launches * rates.launch + secondsOf(scaled(job.cardStep, job.runs / groups), rates);
  const finishing = (job.runs / groups) * secondsOf(job.finish, cpu);
  const measuring = job.samples * (rates.call + (job.runs / groups) * secondsOf(job.measure, cpu));
  return Math.max(groups * (job.steps * (step + finishing) + measuring), secondsOfOne(job, cpu));
}

function secondsOfOne({ steps, step, samples, measure }: Job, cpu: Rates): number {
  return steps * (cpu.launch + secondsOf(step, cpu)) + samples * (cpu.call + secondsOf(measure, cpu));
}

function secondsOf({ flops, words }: Work, rates: Rates): number {
  return Math.max(flops / rates.flops, words / rates.words);
}

function shown(seconds: number): string {
  return `${Number(seconds.toPrecision(2))} s`;
}

/** A learning rate with which runs that diverged do not. */
import { isFlow } from '../optimizers/index.ts';
import { endingOf } from '../results/index.ts';
import { type RunPlan, train } from '../run.ts';

/** Rates that are tried at most. */
const MOST_TRIES = 16;

/**
 * Tries rates, the largest first, until one is found with which every run completes all its steps and ends with a
 * smaller training loss than it began with.
 * @param plans runs of one optimizer
 * @param most the rates that are tried are not larger
 * @param deadline when to give up, as `performance.now` tells the time
 * @returns the rate, with two digits; null if none was found in time
 */
export function workingRate(plans: readonly RunPlan[], most: number, deadline: number): number | null {
  let rate = rounded(most);
  for (let i = 0; i < MOST_TRIES && rate > 0; i++) {
    if (plans.every((plan) => endsWell(plan, rate, deadline))) return rate;
    if (performance.now() > deadline) return null;
    rate = rounded(rate / 2);
  }
  return null;
}

function endsWell(plan: RunPlan, rate: number, deadline: number): boolean {
  const { optimizer } = plan;
  if (isFlow(optimizer)) return false;
  const run = train({ ...plan, optimizer: { ...optimizer, rate } });
  let before = Number.NaN;
  for (let next = run.next(); ; next = run.next()) {
    if (next.done) {
      return endingOf(next.value) === 'finished' && next.value.train.loss < before;
    }
    if (Number.isNaN(before) && next.value) before = next.value.train.loss;
    if (performance.now() > deadline) return false;
  }
}

/** Two digits, not above the number. */
export function rounded(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  // The quotient of two decimal numbers may miss a whole number by a rounding.
  const digits = Math.floor(value / unit + 1e-9);
  return Number(`${digits}e${Math.round(Math.log10(unit))}`);
}

import { integer, number } from './format.ts';
import type { Experiment } from './state.ts';

/** What a reader must know before trusting a picture: runs that ended early, and on what precision they ran. */
export function notesOf(experiment: Experiment): string[] {
  const runs = [...experiment.runs.values()].sort((a, b) => a.id - b.id);
  const place = (run: (typeof runs)[number]) => `${run.parameterization} · ${run.optimizer} (seed ${run.seed})`;
  const notes: string[] = [];
  const diverged = runs.filter((run) => run.diverged !== undefined);
  if (diverged.length) {
    const [first] = diverged;
    const others = diverged.length > 1 ? ` and ${diverged.length - 1} more` : '';
    notes.push(`Diverged: ${place(first)} at step ${integer(first.diverged)}${others}. Averages leave these runs out.`);
  }
  const singular = runs.filter((run) => run.singular !== undefined);
  if (singular.length) {
    const [first] = singular;
    const others = singular.length > 1 ? ` and ${singular.length - 1} more` : '';
    notes.push(`Flow ended at a singular point: ${place(first)} at t = ${number(first.singular)}${others}.`);
  }
  const unsolved = runs.filter((run) => run.solver?.residual !== undefined);
  if (unsolved.length) {
    const [first] = unsolved;
    const others = unsolved.length > 1 ? ` and ${unsolved.length - 1} more` : '';
    const residual = number(first.solver?.residual);
    notes.push(`The iterative solver did not converge: ${place(first)}, relative residual up to ${residual}${others}.`);
  }
  return notes;
}

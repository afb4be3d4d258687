/** Runs a file of the gallery in the built engine, and keeps what the documentation says of it. */
import path from 'node:path';
import { codeLimitsOf, EngineClient } from '../../extension/engine/client.ts';
import type { ClaimResult, RunResult } from '../../extension/lab/results.ts';
import type { GridPlan } from '../../extension/report/grid.ts';

export interface ExperimentOutcome {
  grid: GridPlan;
  runs: RunResult[];
  claims: ClaimResult[];
}

/**
 * The experiments of a lab file, in their order.
 * @throws if one could not be run
 */
export async function outcomesOf(file: string): Promise<ExperimentOutcome[]> {
  const client = new EngineClient({
    enginePath: path.resolve('dist/engine.js'),
    isForOne: true,
    limits: () => codeLimitsOf(60),
  });
  const outcomes: ExperimentOutcome[] = [];
  const failures: string[] = [];
  try {
    const asked = { file: path.resolve(file), experiments: null, workers: null, engine: 'cpu' } as const;
    const { ended } = client.run(asked, (event) => {
      const last = outcomes.at(-1);
      if (event.type === 'planned') outcomes.push({ grid: event.grid, runs: [], claims: [] });
      if (event.type === 'ran') last?.runs.push(event.run);
      if (event.type === 'claimed') last?.claims.push(...event.claims);
      if (event.type === 'failed') failures.push(`${file}:${event.failure.line}: ${event.failure.message}`);
    });
    await ended;
  } finally {
    await client.dispose();
  }
  if (failures.length > 0) throw new Error(failures.join('\n'));
  return outcomes;
}

/** The runs of a planned experiment. */
import type { Dependencies, Planned } from '../../evaluator/protocol.ts';
import type { PathSpace } from '../../lab/results.ts';
import type { RunPlan } from '../../lab/run.ts';
import type { GridPlan } from '../../report/grid.ts';

/** A planned experiment with all of its runs. */
export interface PlannedRuns {
  grid: GridPlan;
  /** In the order of their ids, from 0. */
  runs: RunPlan[];
  /** The space of each run's path, by position. */
  spaces: PathSpace[];
  pictureSpace: PathSpace;
  pathBytes: number;
}

/** The same, and what the file depends on. */
export interface PlannedFile {
  plan: PlannedRuns;
  dependencies: Dependencies;
}

/** An evaluator sends cells, because a grid may have tens of thousands of runs in few of them. */
export function withRuns({ plan: { grid, cells, ...rest }, dependencies }: Planned): PlannedFile {
  const { seeds } = grid;
  const spaces: PathSpace[] = [];
  const runs = cells.flatMap(({ point, parameterization, optimizer, problem, program, settings, steps, space }, cell) =>
    seeds.map((seed, position): RunPlan => {
      spaces.push(space);
      const identity = { id: cell * seeds.length + position, point, parameterization, optimizer, seed };
      return { identity, problem, program, optimizer: settings, steps, isRepeated: position === 0 };
    }),
  );
  const plan = { grid: { ...grid, runs: runs.map(({ identity }) => identity) }, runs, spaces, ...rest };
  return { plan, dependencies };
}

/** One row a run: what it was, and how it ended. */
import type { SweepPoint } from '../lab/results.ts';
import type { ExportedRun } from './exported.ts';
import { type Cell, type ColumnType, type Table, tableOf } from './table.ts';

interface RunColumn {
  name: string;
  type: ColumnType;
  of(run: ExportedRun): Cell | undefined;
}

const integer = (name: string, of: RunColumn['of']): RunColumn => ({ name, type: 'integer', of });
const number = (name: string, of: RunColumn['of']): RunColumn => ({ name, type: 'number', of });
const text = (name: string, of: RunColumn['of']): RunColumn => ({ name, type: 'text', of });

const before: RunColumn[] = [
  integer('run', (run) => run.number),
  text('file', ({ experiment }) => experiment.file),
  text('experiment', ({ experiment }) => experiment.grid.experiment),
];

const after: RunColumn[] = [
  text('parameterization', ({ result }) => result.parameterization),
  text('optimizer', ({ result }) => result.optimizer),
  integer('seed', ({ result }) => result.seed),
  integer('steps', ({ result }) => result.steps),
  number('time', ({ result }) => result.time),
  number('train_loss', ({ result }) => result.train.loss),
  number('train_error', ({ result }) => result.train.error),
  number('test_loss', ({ result }) => result.test?.loss),
  number('test_error', ({ result }) => result.test?.error),
  number('gap_loss', ({ result }) => result.gap?.loss),
  number('gap_error', ({ result }) => result.gap?.error),
  number('margin_min', ({ result }) => result.margins?.min),
  number('margin_mean', ({ result }) => result.margins?.mean),
  number('margin_max', ({ result }) => result.margins?.max),
];

const last: RunColumn[] = [
  integer('diverged', ({ result }) => result.diverged),
  number('unsolved', ({ result }) => result.unsolved),
  number('singular', ({ result }) => result.singular),
  number('kink', ({ result }) => result.kink),
  number('imprecise', ({ result }) => result.imprecise),
  text('solver', ({ result }) => result.solver?.solver),
  text('solver_fisher', ({ result }) => result.solver?.fisher),
  integer('solver_rank', ({ result }) => result.solver?.rank),
  integer('solver_size', ({ result }) => result.solver?.size),
  integer('solver_dropped', ({ result }) => result.solver?.dropped),
  number('solver_condition', ({ result }) => result.solver?.condition),
  integer('solver_iterations', ({ result }) => result.solver?.iterations),
  number('solver_residual', ({ result }) => result.solver?.residual),
  text('engine', ({ result }) => result.engine),
  text('device', ({ result }) => result.device),
  text('fallback', ({ result }) => result.fallback),
  integer('moved_to_cpu', ({ result }) => result.movedToCpu?.step),
  number('deviation_predictor', ({ result }) => result.deviation?.predictor),
  number('deviation_train_loss', ({ result }) => result.deviation?.trainLoss),
  number('deviation_test_loss', ({ result }) => result.deviation?.testLoss),
  text('stored', ({ result }) => result.stored),
  number('seconds', ({ result }) => result.seconds),
  text('key', ({ details }) => details?.key),
];

/** `runs`: the axes of sweeps are columns named `axis_…`, the norms of predictors `norm_…`. */
export function runsTable(runs: readonly ExportedRun[]): Table {
  const norms = new Set(runs.flatMap(({ result }) => Object.keys(result.norms ?? {})));
  const normColumns = [...norms].map((name) => number(`norm_${name}`, ({ result }) => result.norms?.[name]));
  return tableOf('runs', runs, [...before, ...axisColumns(runs), ...after, ...normColumns, ...last]);
}

function axisColumns(runs: readonly ExportedRun[]): RunColumn[] {
  const points = [...new Set(runs.map(({ result }) => result.point))].filter((point) => point !== null);
  const axes = new Set(points.flatMap((point) => Object.keys(point)));
  return [...axes].map((axis) => {
    const type = typeOf(points.flatMap((point) => valueOn(axis, point) ?? []));
    return {
      name: `axis_${axis}`,
      type,
      of: ({ result }) => {
        const value = valueOn(axis, result.point);
        return type === 'text' && value !== undefined ? String(value) : value;
      },
    };
  });
}

const valueOn = (axis: string, point: SweepPoint | null) =>
  point && Object.hasOwn(point, axis) ? point[axis] : undefined;

/** Values of several types are texts. */
function typeOf(values: readonly SweepPoint[string][]): ColumnType {
  if (values.every((value) => typeof value === 'boolean')) return 'boolean';
  if (values.every((value) => typeof value === 'number')) return 'number';
  return 'text';
}

/** What stores say of runs and experiments. */
import fc from 'fast-check';
import { recall } from '../../../extension/engine/recall.ts';
import {
  decodeExperiment,
  type ExperimentRecord,
  encodeExperiment,
} from '../../../extension/engine/stored/experimentRecord.ts';
import { decodeRun, encodeRun, type RunRecord } from '../../../extension/engine/stored/runRecord.ts';
import type { Stored } from '../../../extension/engine/stored/stores.ts';
import { decode, encode } from '../../../extension/lab/encoding.ts';
import type { RunIdentity } from '../../../extension/lab/results.ts';
import { initialState, reduce } from '../../../webview/state.ts';
import { FILE, grid, result } from '../../unit/runs/events.ts';
import { damagedBytes } from './mutations.ts';
import { target } from './target.ts';

const measure = { loss: 0.5, error: 0.25 };
const plan = grid();

function runRecord(id: number): RunRecord {
  const { id: _i, point: _p, parameterization: _n, optimizer: _o, seed: _s, ...ended } = result(id, 0.25);
  const predictor = Float64Array.of(1, id);
  return {
    fingerprint: 'a machine',
    samples: [0, 1, 2].map((step) => ({
      step,
      time: step / 10,
      train: measure,
      test: measure,
      predictor: step === 1 ? null : predictor,
      outputs: step === 1 ? null : new Float64Array(4),
    })),
    result: { ...ended, predictor, parameters: Float64Array.of(1, 2, 3) },
  };
}

const experiment: ExperimentRecord = {
  name: 'One',
  file: 'first.lab.ts',
  outcome: 'finished',
  date: 1,
  version: '1',
  seconds: 1,
  sources: [{ file: 'first.lab.ts', text: '' }],
  data: [{ file: 'data.csv', hash: 'abc' }],
  grid: plan,
  spaces: plan.runs.map(() => 'predictors' as const),
  pictureSpace: 'predictors',
  pathBytes: 100,
  runs: plan.runs.map(({ id }) => ({ kind: 'run' as const, key: String(id) })),
  theory: [
    {
      ...{ point: null, seed: 1, conditions: [], curves: [] },
      targets: [{ name: 'fit', kind: 'point', predictor: Float64Array.of(1, 2), meaning: '', source: '' }],
      comparisons: [{ run: 0, to: { fit: { distance: 0.1 } } }],
    },
  ],
  claims: [{ claim: 'a claim', holds: true, error: null }],
  summary: { sentence: 'It.', paths: { GD: { count: 1, distance: 0, startDistance: 0 } }, space: 'predictors' },
};

const whole = { experiment: encodeExperiment(experiment), runs: plan.runs.map(({ id }) => encodeRun(runRecord(id))) };

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain | unknown[] =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype);

const hostile = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    '',
    'NGD',
    '__proto__',
    [],
    {},
    -1,
    0.5,
    2 ** 31,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ),
  fc.constantFrom<unknown>(new Float64Array(0), Float64Array.of(Number.NaN, 1), new Float64Array(7), Int32Array.of(-1)),
  fc.integer({ min: -2, max: 9 }),
  fc.string({ maxLength: 5 }),
);

/** Puts a value at a random place of plain data, or takes one away. */
const change = fc.record({
  path: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
  value: fc.option(hostile, { nil: undefined }),
});
type Change = { path: number[]; value: unknown };

function changed(bytes: Uint8Array, { path, value }: Change): Uint8Array {
  const data = decode(bytes);
  let at: unknown = data;
  for (const [depth, step] of path.entries()) {
    if (!isPlain(at)) break;
    const names = Object.keys(at);
    if (names.length === 0) break;
    const name = names[step % names.length]!;
    const inside = (at as Plain)[name];
    if (depth === path.length - 1 || !isPlain(inside)) {
      if (Array.isArray(at) && value === undefined) at.splice(Number(name), 1);
      else (at as Plain)[name] = value;
      break;
    }
    at = inside;
  }
  return encode(data);
}

const inputs = fc.record({
  experiment: fc.oneof(
    fc.constant(whole.experiment),
    fc.array(change, { minLength: 1, maxLength: 3 }),
    damagedBytes(fc.constant(whole.experiment)),
  ),
  run: fc.oneof(fc.array(change, { minLength: 1, maxLength: 3 }), damagedBytes(fc.constant(whole.runs[0]!))),
});
const applied = (bytes: Uint8Array, given: Change[] | Uint8Array) =>
  given instanceof Uint8Array ? given : given.reduce(changed, bytes);

export const stored = target(
  'records of stores',
  'records of runs and experiments with faults that no checksum finds: not used, or shown by the page without an exception',
  5,
  inputs,
  (input) => {
    const record = decodeExperiment(applied(whole.experiment, input.experiment));
    const first = applied(whole.runs[0]!, input.run);
    const at = (_kind: string, key: string, identity: RunIdentity) => {
      const read = decodeRun(key === '0' ? first : (whole.runs[Number(key)] ?? new Uint8Array()));
      return read && { samples: read.samples, result: { ...identity, ...read.result, stored: 'here' as const } };
    };
    if (!record) return 'refused';
    const recalled = recall(FILE, record.name, null, {
      runs: { at },
      history: { latest: () => record },
    } as unknown as Stored);
    if (!recalled) return 'refused';
    const page = reduce(initialState, { type: 'view', view: recalled.view, choices: [] });
    if (page.experiment === null) throw new Error('the page shows nothing');
    return 'right';
  },
);

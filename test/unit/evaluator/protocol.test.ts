import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEvaluatorMessage, isEvaluatorRequest } from '../../../extension/evaluator/protocol.ts';

const failure = {
  kind: 'load',
  message: 'wrong',
  hint: null,
  file: '/a.lab.ts',
  line: 1,
  column: 1,
  endLine: null,
  endColumn: null,
  experiment: null,
  fixes: [],
};
const program = {
  graph: { nodes: [{ op: 'state', name: 'w', shape: [2] }] },
  parameters: [{ name: 'w', node: 0, shape: [2] }],
  predictor: 0,
  network: null,
  predictorShape: [2],
  initialization: { kind: 'given' },
};
const cell = (optimizer: string) => ({
  ...{ point: null, parameterization: 'a', optimizer, space: 'predictors', steps: 5 },
  problem: { type: 'separable' },
  program,
  settings: { type: 'gd' },
});
const planned = {
  type: 'planned',
  plan: {
    grid: {
      experiment: 'x',
      line: 1,
      column: 1,
      problem: {
        inputs: 'rows',
        description: '',
        loss: 'logistic',
        errorName: 'error rate',
        predictorShape: [2],
        train: 3,
        test: 0,
        truth: Float64Array.of(1, 2),
        observed: null,
      },
      parameterizations: ['a'],
      optimizers: [{ name: 'g', family: 'gradient', description: '' }],
      seeds: [1],
      points: [],
      claims: [],
      steps: 5,
    },
    cells: [cell('g'), cell('h')],
    pictureSpace: 'predictors',
    pathBytes: 0,
  },
  dependencies: { data: [{ file: '/data.csv', hash: 'abc' }], volatile: ['Math.random'] },
};
const messages = [
  { type: 'loaded', experiments: [{ experiment: 'x', line: 1, column: 1 }] },
  planned,
  { type: 'explained', text: '' },
  { type: 'claimed', claims: [{ claim: 'c', holds: true, error: null }] },
  { type: 'failed', failure },
  { type: 'uncaught', failure },
  { type: 'ending', failure },
];

/** The paths of all fields of plain data. */
function paths(value: unknown, at: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [at];
  return Object.entries(value).flatMap(([key, entry]) => paths(entry, [...at, key]));
}

function changed(value: object, [key, ...rest]: readonly string[], to: unknown): object {
  const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
  const record = copy as Record<string, unknown>;
  record[key] = rest.length === 0 ? to : changed(record[key] as object, rest, to);
  return copy;
}

describe('messages of an evaluator', () => {
  it('are accepted as they are sent', () => {
    for (const message of messages) expect(isEvaluatorMessage(message), message.type).toBe(true);
  });

  it('are refused when anything is of another kind', () => {
    // What the lab's own definitions check, and free fields.
    const isOpen = (path: string[]) => /initialization|network|nodes\.\d+\.name/.test(path.join('.'));
    for (const message of messages) {
      for (const path of paths(message).filter((one) => !isOpen(one))) {
        for (const wrong of [{ a: { b: 1 } }, () => 0]) {
          expect(isEvaluatorMessage(changed(message, path, wrong)), path.join('.')).toBe(false);
        }
      }
    }
  });

  it('are refused when a program is broken', () => {
    const withPlan = (change: object) => ({ ...planned, plan: { ...planned.plan, ...change } });
    const broken = { ...program, graph: { nodes: 'none' } };
    expect(isEvaluatorMessage(withPlan({ cells: [cell('g'), { ...cell('h'), program: broken }] }))).toBe(false);
  });

  it('are refused without an exception, whatever they are', () =>
    fc.assert(
      fc.property(fc.anything({ withTypedArray: true, withMap: true, withNullPrototype: true }), (message) => {
        expect(isEvaluatorMessage(message)).toBe(false);
        expect(isEvaluatorRequest(message)).toBe(false);
      }),
      { numRuns: 2000 },
    ));
});

describe('requests to an evaluator', () => {
  it('are accepted as they are sent, and refused otherwise', () => {
    const limits = { seconds: 1, bytes: 1 };
    const source = { url: 'file:///a.ts', format: 'module', source: '', imports: { './b': 'file:///b.ts' } };
    const inputs = { runs: [], inSpace: new Map(), spaces: [], theory: { answers: [], failureReason: null } };
    const requests = [
      { type: 'load', file: '/a.lab.ts', sources: [source], unsaved: [], limits },
      { type: 'plan', experiment: 0, workers: 2, instead: { seeds: null, steps: null } },
      { type: 'explain', experiment: 0, as: 'numpy', instead: { seeds: [1], steps: null } },
      { type: 'claims', experiment: 0, inputs },
    ];
    for (const request of requests) {
      expect(isEvaluatorRequest(request), request.type).toBe(true);
      for (const key of Object.keys(request)) {
        expect(isEvaluatorRequest({ ...request, [key]: { wrong: true } }), `${request.type} ${key}`).toBe(false);
      }
    }
  });
});

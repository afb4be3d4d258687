import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeRun, encodeRun, type RunRecord } from '../../../../extension/engine/stored/runRecord.ts';
import {
  diagonal,
  gd,
  linear,
  naturalGradientFlow,
  ngd,
  regression,
  separable,
} from '../../../../extension/lab/index.ts';
import { trained } from '../../lab/trained.ts';

function recordOf(setup: Parameters<typeof trained>[0]): RunRecord {
  const { id: _i, point: _p, parameterization: _n, optimizer: _o, seed: _s, samples, ...result } = trained(setup);
  return { fingerprint: 'machine', samples, result };
}

const stepped = recordOf({
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterization: diagonal({ depth: 2, scale: 0.3 }),
  optimizer: ngd({ rate: 0.1, damping: 0.01 }),
  steps: 30,
});
const flow = recordOf({
  problem: regression({ dimension: 5, train: 3 }),
  parameterization: linear(),
  optimizer: naturalGradientFlow({ until: 2 }),
});

describe('the record of a run', () => {
  it.each([
    ['of steps', stepped],
    ['of a flow, without test data', flow],
  ])('%s has everything to the bit', (_, record) => {
    expect(record.samples.length).toBeGreaterThan(5);
    expect(decodeRun(encodeRun(record))).toEqual(record);
  });

  it('keeps a run that diverged, with what is not a number', () => {
    const diverged = recordOf({
      problem: regression({ dimension: 3, train: 8, test: 5 }),
      parameterization: linear(),
      optimizer: gd({ rate: 100 }),
      steps: 400,
    });
    expect(diverged.result.diverged).toBeGreaterThan(0);
    expect(diverged.result.gap?.loss).toBeNaN();
    expect(decodeRun(encodeRun(diverged))).toEqual(diverged);
  });

  it('keeps numbers that JSON would lose', () => {
    const odd = { ...stepped, result: { ...stepped.result, train: { loss: Number.POSITIVE_INFINITY, error: -0 } } };
    const read = decodeRun(encodeRun(odd))!;
    expect(read.result.train.loss).toBe(Number.POSITIVE_INFINITY);
    expect(Object.is(read.result.train.error, -0)).toBe(true);
  });

  it('is nothing else than what was written, or nothing, whatever happens to its bytes', () => {
    const bytes = encodeRun(stepped);
    const edit = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean());
    fc.assert(
      fc.property(edit, ([at, change, isCut]) => {
        const damaged = isCut ? bytes.slice(0, at) : bytes.slice();
        if (!isCut) damaged[at]! ^= change;
        const read = decodeRun(damaged);
        if (read === null) return;
        // Checksums are the store's; here, what is accepted has the shape of a record.
        expect(
          read.samples.every(({ step, train }) => typeof step === 'number' && typeof train.loss === 'number'),
        ).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pack, transferOf, unpack } from '../../../extension/engine/packedSamples.ts';
import type { Sample } from '../../../extension/lab/run.ts';

const number = fc.double({ noNaN: false });
const quantities = fc.record({ loss: number, error: number });
const numbers = (length: number) =>
  fc.array(number, { minLength: length, maxLength: length }).map((values) => Float64Array.from(values));

/** Samples of one run: with or without test data, of a predictor or a network, some with snapshots. */
const samples = fc
  .record({ predictor: fc.nat(4), outputs: fc.integer({ min: 1, max: 4 }), isNetwork: fc.boolean() })
  .chain((sizes) =>
    fc.array(
      fc.boolean().chain(
        (isSnapshot): fc.Arbitrary<Sample> =>
          fc.record({
            step: fc.nat(),
            time: number,
            train: quantities,
            test: fc.option(quantities),
            predictor: isSnapshot && !sizes.isNetwork ? numbers(sizes.predictor) : fc.constant(null),
            outputs: isSnapshot ? numbers(sizes.outputs) : fc.constant(null),
          }),
      ),
      { maxLength: 6 },
    ),
  );

it('samples arrive as they were sent, to the bit', () => {
  fc.assert(
    fc.property(samples, (sent) => {
      const packed = pack(sent);
      const received = unpack(structuredClone(packed, { transfer: transferOf(packed) }));
      expect(received).toEqual(sent);
    }),
  );
});

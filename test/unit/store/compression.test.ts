import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compress, decompress } from '../../../extension/store/compression.ts';
import { required } from '../required.ts';
import { noise } from './storeFolder.ts';

const bytesOf = (numbers: Float64Array) => new Uint8Array(numbers.buffer);

describe('payloads are compressed', () => {
  it.each([
    ['text', Buffer.from('const a = elementwise({ u: 0.1 }, ({ u }) => u * u);\n'.repeat(99)), true],
    ['zeros', new Uint8Array(5000), true],
    ['numbers that repeat', bytesOf(new Float64Array(3000).map((_, i) => (i % 7) / 3)), true],
    ['curves', bytesOf(new Float64Array(3000).map((_, i) => Math.exp(-i / 900))), false],
    ['noise', noise(5000), false],
    ['a few bytes', new Uint8Array(100), false],
  ])('where it pays: %s', (_what, payload, pays) => {
    const small = compress(payload);
    expect(small !== null).toBe(pays);
    if (small) expect(Buffer.compare(required(decompress(small, payload.length)), payload)).toBe(0);
  });

  it('and come back as they were', () => {
    const compressible = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.integer({ min: 8, max: 300 }));
    fc.assert(
      fc.property(compressible, ([piece, times]) => {
        const payload = Buffer.concat(Array.from({ length: times }, () => piece));
        const small = compress(payload);
        if (small) expect(Buffer.compare(required(decompress(small, payload.length)), payload)).toBe(0);
        else expect(payload.length).toBeLessThan(200);
      }),
    );
  });
});

it('gives back no payload of another length, and allocates no more than it should', () => {
  const bomb = deflateRawSync(new Uint8Array(2 ** 26));
  const before = process.memoryUsage().arrayBuffers;
  expect(decompress(bomb, 1000)).toBeNull();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
  expect(decompress(deflateRawSync(new Uint8Array(10)), 11)).toBeNull();
  expect(decompress(noise(50), 100)).toBeNull();
});

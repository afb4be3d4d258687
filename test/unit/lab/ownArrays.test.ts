import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOneBuffer, withOwnArrays } from '../../../extension/lab/ownArrays.ts';

/** All views in plain data. */
function viewsIn(value: unknown): ArrayBufferView[] {
  if (typeof value !== 'object' || value === null) return [];
  if (ArrayBuffer.isView(value)) return [value];
  return [...(value instanceof Map ? value.values() : Object.values(value))].flatMap(viewsIn);
}

const data = fc.object({ withTypedArray: true, withMap: true, maxDepth: 4 });

describe('data with arrays of their own', () => {
  it('are equal to what was sent, and no array has more memory than it needs', () =>
    fc.assert(
      fc.property(data, (sent) => {
        const received = withOwnArrays(deserialize(serialize(sent)));
        expect(received).toEqual(sent);
        for (const view of viewsIn(received)) expect(view.buffer.byteLength).toBe(view.byteLength);
      }),
    ));

  it('share what was shared, also in a circle', () => {
    const numbers = Float64Array.of(1, 2);
    const sent: Record<string, unknown> = { a: { numbers }, numbers };
    sent.itself = [sent];
    const received = withOwnArrays(deserialize(serialize(sent)));
    expect(received.a.numbers).toBe(received.numbers);
    expect(received.itself[0]).toBe(received);
    expect(received.numbers.buffer.byteLength).toBe(16);
  });

  it('keep a name that means something else in an assignment', () => {
    const sent = JSON.parse('{"__proto__": 0}');
    Object.defineProperty(sent, '__proto__', { value: Float64Array.of(3), enumerable: true });
    const received = withOwnArrays(deserialize(serialize({ other: Float64Array.of(1), sent })));
    expect(Object.getPrototypeOf(received.sent)).toBe(Object.prototype);
    expect(Object.entries(received.sent)).toEqual([['__proto__', Float64Array.of(3)]]);
  });

  it('copies what is a view of a larger array, and a buffer', () => {
    const large = Float64Array.of(1, 2, 3, 4);
    const bytes = Buffer.from(new Uint8Array(8).buffer, 2, 3);
    const { view, buffer } = withOwnArrays({ view: large.subarray(1, 3), buffer: bytes });
    expect(view).toEqual(Float64Array.of(2, 3));
    expect([view.buffer.byteLength, buffer.buffer.byteLength]).toEqual([16, 3]);
  });
});

describe('data whose arrays share one buffer', () => {
  it('are equal to what was sent, and the buffer holds nothing else', () =>
    fc.assert(
      fc.property(data, (sent) => {
        const received = inOneBuffer(deserialize(serialize(sent)));
        expect(received).toEqual(sent);
        const views = viewsIn(received);
        expect(new Set(views.map(({ buffer }) => buffer)).size).toBeLessThan(2);
        const needed = views.reduce((sum, { byteLength }) => sum + Math.ceil(byteLength / 8) * 8, 0);
        if (views[0]) expect(views[0].buffer.byteLength).toBe(needed);
      }),
    ));

  it('share what was shared', () => {
    const numbers = Float64Array.of(1, 2);
    const { a, b, c } = inOneBuffer(deserialize(serialize({ a: numbers, b: numbers, c: Uint8Array.of(5) })));
    expect(a).toBe(b);
    expect(c.buffer).toBe(a.buffer);
    expect([a.buffer.byteLength, [...a], [...c]]).toEqual([24, [1, 2], [5]]);
  });
});

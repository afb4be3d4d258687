import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Channel } from '../../../extension/evaluator/channel.ts';
import { frame } from '../../fuzz/frame.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** What a channel receives from chunks of bytes. */
async function received(chunks: readonly Buffer[]) {
  const stream = new PassThrough();
  const messages: unknown[] = [];
  let closed = 0;
  new Channel(stream, { onMessage: (message) => messages.push(message), onClose: () => closed++ });
  for (const chunk of chunks) if (!stream.destroyed) stream.write(chunk);
  await settled();
  return { messages, closed };
}

/** Cuts bytes at positions given as fractions. */
function cut(bytes: Buffer, at: readonly number[]): Buffer[] {
  const positions = [0, ...at.map((x) => Math.floor(x * bytes.length)).sort((a, b) => a - b), bytes.length];
  return positions.slice(1).map((end, i) => bytes.subarray(positions[i], end));
}

const plain = fc.oneof(
  fc.object({ withTypedArray: false, withMap: true }),
  fc.float64Array(),
  fc.string(),
  fc.record({ type: fc.string(), numbers: fc.float64Array() }),
);

describe('a channel', () => {
  it('receives what was sent, however the bytes are cut', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(plain, { maxLength: 6 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        async (messages, at) => {
          const { messages: got, closed } = await received(cut(Buffer.concat(messages.map(frame)), at));
          expect(got).toEqual(messages);
          expect(closed).toBe(0);
        },
      ),
    ));

  it('sends what the other side receives', async () => {
    const stream = new PassThrough();
    const messages: unknown[] = [];
    const channel = new Channel(stream, { onMessage: (message) => messages.push(message), onClose: () => undefined });
    const shared = Float64Array.of(0.1, Number.NaN, -0);
    channel.send({ a: shared, b: shared });
    channel.send('next');
    await settled();
    expect(messages).toEqual([{ a: shared, b: shared }, 'next']);
    const [first] = messages as { a: Float64Array; b: Float64Array }[];
    expect(first.a).toBe(first.b);
  });

  it('closes once, without an exception, on bytes that are no message', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 5 }), plain, async (noise, message) => {
        const chunks = [frame(message), ...noise.map((bytes) => Buffer.from(bytes))];
        const { messages, closed } = await received(chunks);
        expect(messages[0]).toEqual(message);
        expect(closed).toBeLessThanOrEqual(1);
      }),
    ));

  it('closes on a frame that is too long, and on a body that is none', async () => {
    const tooLong = frame(0).fill(0xff, 4);
    const noBody = Buffer.concat([frame(0).subarray(0, 4), Buffer.from([4, 0, 0, 0]), Buffer.from('abcd')]);
    const noFrame = Buffer.from('12345678');
    for (const bytes of [tooLong, noBody, noFrame]) {
      expect(await received([bytes, frame('after')])).toEqual({ messages: [], closed: 1 });
    }
  });

  it('says that the other side has gone, and sends nothing more', async () => {
    const stream = new PassThrough();
    let closed = 0;
    const channel = new Channel(stream, { onMessage: () => undefined, onClose: () => closed++ });
    stream.destroy();
    await settled();
    channel.send('into the void');
    expect(closed).toBe(1);
  });
});

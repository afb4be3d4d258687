import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Outbox } from '../../../extension/engine/outbox.ts';
import type { EngineAnswer } from '../../../extension/engine/protocol.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const answer = (request: number): EngineAnswer => ({ type: 'ended', request, outcome: 'done' });

it('sends the answers of a turn together, and all of them in their order', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 5 })), async (counts) => {
      const sent: EngineAnswer[][] = [];
      const outbox = new Outbox((answers) => sent.push(answers));
      let request = 0;
      for (const count of counts) {
        for (let i = 0; i < count; i++) outbox.put(answer(request++));
        await nextTurn();
      }
      expect(sent.map(({ length }) => length)).toEqual(counts.filter((count) => count > 0));
      expect(sent.flat()).toEqual(Array.from({ length: request }, (_, i) => answer(i)));
    }),
  ));

it('sends an answer that is put while others are sent', async () => {
  const sent: number[] = [];
  const outbox = new Outbox((answers) => {
    sent.push(...answers.map((one) => one.request));
    if (sent.length === 1) outbox.put(answer(2));
  });
  outbox.put(answer(1));
  await nextTurn();
  await nextTurn();
  expect(sent).toEqual([1, 2]);
});

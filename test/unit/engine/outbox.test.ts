import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Outbox } from '../../../extension/engine/outbox.ts';
import type { EngineAnswer } from '../../../extension/engine/protocol.ts';

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
const sampled = (request: number): EngineAnswer => ({ type: 'sampled', request, experiment: 'e', samples: [] });
const ended = (request: number): EngineAnswer => ({ type: 'ended', request, outcome: 'done' });

it('sends the samples of a turn together, everything else at once, and all in order', () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.array(fc.boolean(), { maxLength: 6 })), async (turns) => {
      const sent: EngineAnswer[][] = [];
      const outbox = new Outbox((answers) => sent.push(answers));
      const all: EngineAnswer[] = [];
      for (const areSamples of turns) {
        const before = sent.length;
        for (const isSample of areSamples) {
          const answer = isSample ? sampled(all.length) : ended(all.length);
          all.push(answer);
          outbox.put(answer);
          if (!isSample) expect(sent.at(-1)?.at(-1)).toBe(answer);
        }
        await nextTurn();
        const others = areSamples.filter((isSample) => !isSample).length;
        expect(sent.length - before).toBe(others + (areSamples.at(-1) ? 1 : 0));
      }
      expect(sent.flat()).toEqual(all);
    }),
  ));

it('sends a sample that is put while others are sent', async () => {
  const sent: number[] = [];
  const outbox = new Outbox((answers) => {
    sent.push(...answers.map((one) => one.request));
    if (sent.length === 1) outbox.put(sampled(2));
  });
  outbox.put(sampled(1));
  await nextTurn();
  await nextTurn();
  expect(sent).toEqual([1, 2]);
});

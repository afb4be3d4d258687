/** Messages between processes, and between the extension and its page. */
import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import * as v from 'valibot';
import { EngineRequestSchema, isEngineAnswer } from '../../../extension/engine/protocol.ts';
import { Channel } from '../../../extension/evaluator/channel.ts';
import { isEvaluatorMessage, isEvaluatorRequest } from '../../../extension/evaluator/protocol.ts';
import { readKeptState, readWebviewMessage } from '../../../extension/panel/validate.ts';
import { isCompleteResultEvent } from '../../../extension/report/events.ts';
import { frame } from '../frame.ts';
import { damagedBytes } from './mutations.ts';
import { target } from './target.ts';

const plain = fc.oneof(
  fc.object({ withMap: true, withSet: true, withBigInt: true, maxDepth: 3 }),
  fc.float64Array({ maxLength: 20 }),
  fc.string(),
);

/** What a channel receives from bytes that arrive in pieces. */
function received(bytes: Uint8Array, pieces: readonly number[]): { messages: unknown[]; closed: number } {
  const stream = Object.assign(new EventEmitter(), { destroy: () => undefined, write: () => true });
  const messages: unknown[] = [];
  let closed = 0;
  new Channel(stream as unknown as Duplex, { onMessage: (message) => messages.push(message), onClose: () => closed++ });
  const ends = [...pieces.map((x) => Math.floor(x * bytes.length)).sort((a, b) => a - b), bytes.length];
  let from = 0;
  for (const end of ends) {
    if (closed === 0) stream.emit('data', Buffer.from(bytes.subarray(from, end)));
    from = end;
  }
  return { messages, closed };
}

const share = fc.double({ min: 0, max: 1, noNaN: true });
const stream = fc.array(plain, { minLength: 1, maxLength: 4 });

export const channel = target(
  'messages of the process of user code',
  'messages cut into pieces anywhere arrive whole and in order; damaged ones close the channel, once, or arrive as some plain value',
  5,
  fc.tuple(stream, fc.array(share, { maxLength: 5 }), damagedBytes(stream.map((all) => Buffer.concat(all.map(frame))))),
  ([all, pieces, damaged]) => {
    const { messages, closed } = received(Buffer.concat(all.map(frame)), pieces);
    if (closed !== 0 || !isDeepStrictEqual(messages, all)) throw new Error('a message was lost or changed');
    if (received(damaged, pieces).closed > 1) throw new Error('closed twice');
    return 'right';
  },
);

const types = [
  'load',
  'plan',
  'claims',
  'loaded',
  'planned',
  'claimed',
  'failed',
  'ending',
  'run',
  'cancel',
  'sampled',
  'ran',
  'ready',
  'select',
  'reveal',
];
const anything = fc.anything({
  withNullPrototype: true,
  withMap: true,
  withTypedArray: true,
  withSparseArray: true,
  maxDepth: 3,
});
const keys = [
  'plan',
  'grid',
  'runs',
  'file',
  'experiment',
  'line',
  'column',
  'failure',
  'request',
  'samples',
  'run',
  '__proto__',
  'limits',
  'sources',
  'experiments',
  'claims',
];
const message = fc.oneof(
  anything,
  fc
    .tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...keys), anything))
    .map(([type, rest]) => Object.assign(Object.create(null) as object, rest, { type })),
);

export const validation = target(
  'malformed messages',
  'values of any kind, as messages of the user’s process, the engine and the page: refused without an exception, or complete',
  5,
  message,
  (value) => {
    const verdicts = [
      isEvaluatorMessage(value),
      isEvaluatorRequest(value),
      isEngineAnswer(value),
      v.is(EngineRequestSchema, value),
      readWebviewMessage(value) !== null,
      readKeptState(value) !== null,
      typeof value === 'object' && value !== null && isCompleteResultEvent(value as Record<string, unknown>),
    ];
    return verdicts.includes(true) ? 'right' : 'refused';
  },
);

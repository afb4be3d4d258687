/** Methods that modify an array, which must have been created in the function. */
import { changeItems, iterate, unhole } from '../properties.ts';
import { OwnArray } from '../values.ts';
import { offset, sorted } from './arrays.ts';
import type { Native, NativeCall } from './native.ts';

function change(call: NativeCall, use: (items: unknown[]) => unknown): unknown {
  const { frame, at, receiver } = call;
  if (receiver instanceof OwnArray) return changeItems(frame, at, receiver, use);
  return frame.fail(
    at,
    'values declared outside this function cannot be modified',
    'Copy the array first: [...array].',
  );
}

const fill: Native = (call) => {
  change(call, (items) =>
    items.fill(call.values[0], offset(call, 1, items.length, 0), offset(call, 2, items.length, items.length)),
  );
  return call.receiver;
};

const splice: Native = (call) => {
  const { frame, values } = call;
  return change(call, (items) => {
    const start = offset(call, 0, items.length, 0);
    const rest = items.length - start;
    const count = values.length === 0 ? 0 : values.length === 1 ? rest : Math.min(rest, offset(call, 1, rest, 0));
    return new OwnArray(items.splice(start, count, ...values.slice(2)), frame.reading.memory.now);
  });
};

const sort: Native = (call) => {
  const order = sorted(call);
  change(call, (items) => items.splice(0, items.length, ...order));
  return call.receiver;
};

export const changingMethods: Partial<Record<string, Native>> = {
  fill,
  pop: (call) => change(call, (items) => unhole(items.pop())),
  push: (call) => change(call, (items) => items.push(...call.values)),
  reverse: (call) => {
    change(call, (items) => items.reverse());
    return call.receiver;
  },
  set: (call) => {
    const [source, start = 0] = call.values;
    change(call, (items) => {
      iterate(call.frame, call.at, source).forEach((item, i) => {
        items[Number(start) + i] = item;
      });
    });
  },
  shift: (call) => change(call, (items) => unhole(items.shift())),
  sort,
  splice,
  unshift: (call) => change(call, (items) => items.unshift(...call.values)),
};

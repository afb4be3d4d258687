/** Methods that modify an array, which must have been created in the function. */
import { spendEntries } from '../budget.ts';
import { changeItems, iterate, unhole } from '../properties.ts';
import { OwnArray } from '../values.ts';
import { offset, sorted } from './arrays.ts';
import type { Native, NativeCall } from './native.ts';

/** @param moves whether the change moves or writes the other items, too */
function change(call: NativeCall, use: (items: unknown[]) => unknown, moves = true): unknown {
  const { frame, at, receiver } = call;
  if (receiver instanceof OwnArray) {
    return changeItems(frame, at, receiver, (items) => {
      if (moves) spendEntries(frame, at, items.length);
      return use(items);
    });
  }
  return frame.fail(
    at,
    'values declared outside this function cannot be modified',
    'Copy the array first: [...array].',
  );
}

function replace(items: unknown[], others: readonly unknown[]): void {
  items.length = 0;
  for (const item of others) items.push(item);
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
    const taken = items.slice(start, start + count);
    replace(items, [...items.slice(0, start), ...values.slice(2), ...items.slice(start + count)]);
    return new OwnArray(taken, frame.reading.memory.now);
  });
};

const sort: Native = (call) => {
  const order = sorted(call);
  change(call, (items) => replace(items, order));
  return call.receiver;
};

export const changingMethods: Partial<Record<string, Native>> = {
  fill,
  pop: (call) => change(call, (items) => unhole(items.pop()), false),
  push: (call) =>
    change(
      call,
      (items) => {
        // Not a spread: the arguments of a call must fit the stack.
        for (const value of call.values) items.push(value);
        return items.length;
      },
      false,
    ),
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
  unshift: (call) =>
    change(call, (items) => {
      replace(items, [...call.values, ...items]);
      return items.length;
    }),
};

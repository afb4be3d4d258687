/** Array methods that do not modify the array. Callbacks are traced for each element. */
import type * as acorn from 'acorn';
import { choose } from '../branches.ts';
import { COMPOUND, nested, spendEntries } from '../budget.ts';
import { toPlainNumber, toText, truth } from '../coercion.ts';
import { strictlyEqual } from '../equality.ts';
import type { Frame } from '../frame.ts';
import { textOf } from '../parse.ts';
import { itemsOf, iterate, ownArray, unhole } from '../properties.ts';
import { callArguments } from '../scalarForm.ts';
import { describeValue, HOLE, OwnArray, Traced } from '../values.ts';
import type { Native, NativeCall } from './native.ts';

/** The items of the array that a method is called on. */
export function items({ frame, at, receiver }: NativeCall): readonly unknown[] {
  if (!(receiver instanceof OwnArray)) return iterate(frame, at, receiver);
  const all = itemsOf(frame, at, receiver);
  spendEntries(frame, at, all.length);
  return all;
}

/** The items, without holes: callbacks would skip them. */
function dense(call: NativeCall): readonly unknown[] {
  const { receiver } = call;
  const all = items(call);
  const isSparse = Array.isArray(receiver) && all.some((_, i) => !(i in receiver));
  if (!isSparse && !all.includes(HOLE)) return all;
  return call.frame.fail(
    call.at,
    isSparse ? 'this array has holes' : 'this array has no entries yet',
    isSparse ? 'Give each entry a value.' : 'Fill it first, or write Array.from({ length }, …).',
  );
}

/** The result of the callback for an item. */
function ask({ frame, at, receiver, values: [fn, self] }: NativeCall, item: unknown, i: number): unknown {
  return frame.call(at, fn, self, [item, i, receiver]);
}

/** Where a search over positions begins, and what ends it. */
interface Search {
  from: number;
  order: 1 | -1;
  length: number;
  /** The truth value that ends the search. */
  until: boolean;
  test(i: number): unknown;
  found(i: number): unknown;
  none: unknown;
}

/** Tests one position after the other; only tests that depend on the parameters nest. */
function search(call: NativeCall, options: Search): unknown {
  const { frame, at } = call;
  const { from, order, length, until, test, found, none } = options;
  for (let i = from; i >= 0 && i < length; i += order) {
    const holds = truth(frame, at, test(i));
    if (holds instanceof Traced) {
      const end = () => found(i);
      const rest = () => nested(frame, at, COMPOUND, () => search(call, { ...options, from: i + order }));
      return until ? choose(frame, holds.id, end, rest) : choose(frame, holds.id, rest, end);
    }
    if (holds === until) return found(i);
  }
  return none;
}

/** The first item, from one end, for which the callback holds. */
function find(call: NativeCall, order: 1 | -1, found: (item: unknown, i: number) => unknown, none: unknown): unknown {
  const all = items(call).map(unhole);
  return search(call, {
    from: order === 1 ? 0 : all.length - 1,
    order,
    length: all.length,
    until: true,
    test: (i) => ask(call, all[i], i),
    found: (i) => found(all[i], i),
    none,
  });
}

function reduce(call: NativeCall, order: 1 | -1): unknown {
  const { frame, at, receiver, values } = call;
  const all = [...dense(call).entries()];
  if (order === -1) all.reverse();
  if (all.length === 0 && values.length < 2) return frame.fail(at, 'reducing an empty array requires an initial value');
  const [start, rest] = values.length >= 2 ? [values[1], all] : [all[0][1], all.slice(1)];
  return rest.reduce((sum, [i, item]) => frame.call(at, values[0], undefined, [sum, item, i, receiver]), start);
}

/** The index of an item that equals a value. */
function position(call: NativeCall, order: 1 | -1): unknown {
  const { frame, at, values } = call;
  const all = items(call);
  return search(call, {
    from: offset(call, 1, all.length, order === 1 ? 0 : all.length - 1),
    order,
    length: all.length,
    until: true,
    test: (i) => all[i] !== HOLE && strictlyEqual(frame, at, all[i], values[0]),
    found: (i) => i,
    none: -1,
  });
}

/** An index; negative values count from the end. */
export function offset({ frame, values, written }: NativeCall, argument: number, length: number, otherwise: number) {
  if (values[argument] === undefined) return otherwise;
  const given = Math.trunc(toPlainNumber(frame, written(argument), values[argument])) || 0;
  return given < 0 ? Math.max(0, length + given) : Math.min(length, given);
}

const includes: Native = (call) => {
  const { frame, at, values } = call;
  const all = items(call).map(unhole);
  return search(call, {
    from: offset(call, 1, all.length, 0),
    order: 1,
    length: all.length,
    until: true,
    test: (i) => (Number.isNaN(all[i]) && Number.isNaN(values[0])) || strictlyEqual(frame, at, all[i], values[0]),
    found: () => true,
    none: false,
  });
};

const every: Native = (call) => {
  const all = dense(call);
  return search(call, {
    from: 0,
    order: 1,
    length: all.length,
    until: false,
    test: (i) => ask(call, all[i], i),
    found: () => false,
    none: true,
  });
};

const filter: Native = (call) => {
  const { frame, at } = call;
  const kept = dense(call).filter((item, i) => {
    const test = truth(frame, at, ask(call, item, i));
    if (!(test instanceof Traced)) return test;
    return frame.fail(
      at,
      'the number of remaining entries depends on the parameters',
      'Use a sum with `?:` instead, for example reduce((s, x) => s + (x > 0 ? x : 0), 0).',
    );
  });
  return ownArray(frame, kept);
};

function flatten(frame: Frame, at: acorn.Node, list: readonly unknown[], depth: number): unknown[] {
  return list.flatMap((item) => {
    if (item === HOLE) return [];
    const isArray = item instanceof OwnArray || Array.isArray(item);
    if (!isArray || depth <= 0) return [item];
    return nested(frame, at, COMPOUND, () => flatten(frame, at, iterate(frame, at, item), depth - 1));
  });
}

const slice: Native = (call) => {
  const all = items(call);
  return ownArray(call.frame, all.slice(offset(call, 0, all.length, 0), offset(call, 1, all.length, all.length)));
};

const at: Native = (call) => {
  const all = items(call);
  const given = Math.trunc(toPlainNumber(call.frame, call.written(0), call.values[0] ?? 0)) || 0;
  return unhole(all[given < 0 ? all.length + given : given]);
};

const join: Native = (call) => {
  const { frame, at: node, values } = call;
  const texts = items(call).map((item) =>
    item === HOLE || item === undefined || item === null ? '' : toText(frame, node, item),
  );
  return texts.join(values[0] === undefined ? ',' : toText(frame, node, values[0]));
};

/** `toString()`. */
const joined: Native = (call) => join({ ...call, values: [] });

const withItem: Native = (call) => {
  const all = items(call).map(unhole);
  const i = toPlainNumber(call.frame, call.written(0), call.values[0]);
  const index = i < 0 ? all.length + i : i;
  if (!(index in all)) return call.frame.fail(call.at, `there is no entry ${i}`);
  all[index] = call.values[1];
  return ownArray(call.frame, all);
};

const concat: Native = (call) => {
  const parts = call.values.flatMap((value) =>
    value instanceof OwnArray || Array.isArray(value) ? iterate(call.frame, call.at, value) : [value],
  );
  return ownArray(call.frame, [...items(call), ...parts]);
};

const map: Native = (call) => {
  const { frame, at: node, receiver } = call;
  if (ArrayBuffer.isView(receiver) && !(receiver instanceof Float64Array))
    return frame.fail(
      node,
      `${describeValue(receiver)} rounds its entries`,
      'Write Array.from(array, (x) => …).',
      arrayFrom(frame, node),
    );
  return ownArray(
    frame,
    dense(call).map((item, i) => ask(call, item, i)),
  );
};

/** A call of `map`, written as one of `Array.from`; null if it is written otherwise. */
function arrayFrom({ parsed }: Frame, call: acorn.Node): string | null {
  const parts = callArguments(parsed, call);
  const { callee } = call as acorn.CallExpression;
  if (parts?.length !== 1 || callee.type !== 'MemberExpression') return null;
  return `Array.from(${textOf(parsed, callee.object)}, ${parts[0]})`;
}

const forEach: Native = (call) => {
  for (const [i, item] of dense(call).entries()) ask(call, item, i);
};

export const arrayMethods: Partial<Record<string, Native>> = {
  at,
  concat,
  entries: (call) =>
    ownArray(
      call.frame,
      items(call).map((item, i) => ownArray(call.frame, [i, unhole(item)])),
    ),
  every,
  filter,
  find: (call) => find(call, 1, (item) => item, undefined),
  findIndex: (call) => find(call, 1, (_, i) => i, -1),
  findLast: (call) => find(call, -1, (item) => item, undefined),
  findLastIndex: (call) => find(call, -1, (_, i) => i, -1),
  flat: (call) => ownArray(call.frame, flatten(call.frame, call.at, items(call), depthOf(call))),
  flatMap: (call) =>
    ownArray(
      call.frame,
      flatten(
        call.frame,
        call.at,
        dense(call).map((item, i) => ask(call, item, i)),
        1,
      ),
    ),
  forEach,
  includes,
  indexOf: (call) => position(call, 1),
  join,
  keys: (call) => ownArray(call.frame, [...items(call).keys()]),
  lastIndexOf: (call) => position(call, -1),
  map,
  reduce: (call) => reduce(call, 1),
  reduceRight: (call) => reduce(call, -1),
  slice,
  some: (call) => find(call, 1, () => true, false),
  toReversed: (call) => ownArray(call.frame, items(call).map(unhole).reverse()),
  toSorted: (call) => ownArray(call.frame, sorted(call)),
  toString: joined,
  values: (call) => ownArray(call.frame, items(call).map(unhole)),
  with: withItem,
};

function depthOf({ frame, values, written }: NativeCall): number {
  return values[0] === undefined ? 1 : toPlainNumber(frame, written(0), values[0]);
}

/** The sorted items; their order cannot depend on the parameters. */
export function sorted(call: NativeCall): unknown[] {
  const { frame, at: node, values } = call;
  const all = items(call).map(unhole);
  if (values[0] === undefined) {
    const texts = new Map(all.map((item) => [item, item === undefined ? '' : toText(frame, node, item)]));
    const order = (a: unknown, b: unknown) => Number((texts.get(a) ?? '') > (texts.get(b) ?? ''));
    return all.sort((a, b) => order(a, b) - order(b, a));
  }
  return all.sort((a, b) => {
    const sign = frame.call(node, values[0], undefined, [a, b]);
    if (typeof sign === 'number' || typeof sign === 'boolean') return Number(sign);
    return frame.fail(node, `an order cannot depend on the parameters; here it is ${describeValue(sign)}`);
  });
}

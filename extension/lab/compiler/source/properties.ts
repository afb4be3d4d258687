/** Properties of objects and arrays: of those created in the function, which can be modified, and of captured ones. */
import type * as acorn from 'acorn';
import { didYouMean } from '../../fixes.ts';
import { closest } from '../../options.ts';
import { LONGEST_ARRAY, spendEntries } from './budget.ts';
import { isObject, isPrimitive, lift, toPlainNumber } from './coercion.ts';
import type { Frame } from './frame.ts';
import type { UnknownName } from './missing.ts';
import { textOf } from './parse.ts';
import { Choice, Closure, describeValue, emptyRecord, Getter, HOLE, OwnArray, OwnObject, Traced } from './values.ts';

/** The current items of an array created in the function. */
export function itemsOf(frame: Frame, at: acorn.Node, array: OwnArray): readonly unknown[] {
  return settled(frame, at, array.value) as unknown[];
}

/** The current properties of an object created in the function. */
export function recordOf(frame: Frame, at: acorn.Node, object: OwnObject): Record<string, unknown> {
  return settled(frame, at, object.value) as Record<string, unknown>;
}

function settled(frame: Frame, at: acorn.Node, content: unknown): unknown {
  let one = content;
  while (one instanceof Choice) {
    const known = frame.reading.known(one.test);
    if (known === null) break;
    one = known ? one.yes : one.no;
  }
  if (!(one instanceof Choice)) return one;
  return frame.fail(
    at,
    'the contents of this depend on the parameters',
    'Make both branches of a condition give it the same length and the same property names.',
  );
}

/** Modifies the items of an array. */
export function changeItems(
  frame: Frame,
  at: acorn.Node,
  array: OwnArray,
  change: (items: unknown[]) => unknown,
): unknown {
  itemsOf(frame, at, array);
  const { memory } = frame.reading;
  const items = memory.change(array, (content) => {
    const before = settled(frame, at, content) as unknown[];
    spendEntries(frame, at, before.length);
    return [...before];
  }) as unknown[];
  const result = change(items);
  if (items.length > LONGEST_ARRAY) spendEntries(frame, at, items.length);
  return result;
}

export function ownArray(frame: Frame, items: unknown[]): OwnArray {
  return new OwnArray(items, frame.reading.memory.now);
}

export function ownObject(frame: Frame, record: Record<string, unknown>): OwnObject {
  return new OwnObject(Object.assign(emptyRecord(), record), frame.reading.memory.now);
}

export function getProperty(frame: Frame, at: acorn.Node, object: unknown, key: string): unknown {
  return lift(frame, object, (one) => read(frame, at, one, key));
}

function read(frame: Frame, at: acorn.Node, object: unknown, key: string): unknown {
  if (object instanceof Traced) {
    if (key in Number.prototype || key in Boolean.prototype)
      return frame.fail(at, `\`${key}\` of a number that depends on the parameters cannot be differentiated`);
    return frame.fail(
      at,
      'a parameter of this function is one number: it has no properties',
      'Use tensor operations (`parameterization`) for whole vectors and matrices.',
    );
  }
  if (object === undefined || object === null) {
    const known =
      object === undefined && 'object' in at ? frame.reading.missing.get(at.object as acorn.Node) : undefined;
    if (known) return frame.fail(known.at, known.message, known.hint, known.instead);
    return frame.fail(at, `this has no property '${key}': it is ${object}`, 'Use `?.` if it may be missing.');
  }
  if (object instanceof OwnArray) {
    const items = itemsOf(frame, at, object);
    if (key === 'length') return items.length;
    if (isIndex(key)) return Number(key) < items.length ? unhole(items[Number(key)]) : undefined;
    return absent(frame, at, key, key in Array.prototype ? Reflect.get(Array.prototype, key) : undefined, []);
  }
  if (object instanceof OwnObject) {
    const record = recordOf(frame, at, object);
    if (!(key in record)) {
      if (key === '__proto__') return frame.fail(at, 'prototypes are not supported');
      return absent(frame, at, key, Reflect.get(Object.prototype, key), Object.keys(record));
    }
    const value = record[key];
    return value instanceof Getter ? frame.call(at, value.read, object, []) : value;
  }
  if (object instanceof Closure) {
    if (key === 'length') {
      const { params } = object.parsed.node;
      const optional = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement');
      return optional < 0 ? params.length : optional;
    }
    if (key in Function.prototype && key !== 'name') return Reflect.get(Function.prototype, key);
    return frame.fail(at, `'${key}' of a function is not supported`);
  }
  return readCaptured(frame, at, Object(object), object, key);
}

/** A property of a captured value; user-defined getters are traced as functions of the object. */
function readCaptured(frame: Frame, at: acorn.Node, holder: object, object: unknown, key: string): unknown {
  for (let level: object | null = holder; level; level = Object.getPrototypeOf(level)) {
    const found = Object.getOwnPropertyDescriptor(level, key);
    if (!found) continue;
    if (!found.get) return found.value;
    return isNative(found.get) ? Reflect.get(holder, key) : frame.call(at, found.get, object, []);
  }
  return absent(frame, at, key, undefined, isPrimitive(object) ? [] : namesOf(holder));
}

/** Whether a function is built in. */
export function isNative(fn: unknown): boolean {
  return typeof fn === 'function' && /\{\s*\[native code\]\s*\}$/.test(Function.prototype.toString.call(fn));
}

/** The names in an object; those of `Math` are not enumerable. */
function namesOf(holder: object): string[] {
  return holder === Math ? Object.getOwnPropertyNames(holder) : Object.keys(holder);
}

/** An unknown property is `undefined`; using it as a number reports the property name. */
function absent(frame: Frame, at: acorn.Node, key: string, value: unknown, names: string[]): unknown {
  if (value === undefined) frame.reading.missing.set(at, unknownName(frame, at, key, names));
  return value;
}

function unknownName(frame: Frame, at: acorn.Node, key: string, names: readonly string[]): UnknownName {
  const known = names.slice(0, 8).map((name) => `'${name}'`);
  const near = isMember(at) && !at.computed ? closest(key, names) : null;
  return {
    at,
    message: `there is no '${key}' here`,
    hint: near !== null ? didYouMean(near) : known.length > 0 ? `Available: ${known.join(', ')}.` : null,
    names,
    instead: near !== null && isMember(at) ? `${textOf(frame.parsed, at.object)}.${near}` : null,
  };
}

const isMember = (at: acorn.Node): at is acorn.MemberExpression => at.type === 'MemberExpression';

export function setProperty(frame: Frame, at: acorn.Node, object: unknown, key: string, value: unknown): void {
  lift(frame, object, (one) => {
    if (one instanceof OwnArray) return setItem(frame, at, one, key, value);
    if (one instanceof OwnObject) {
      const record = recordOf(frame, at, one);
      if (record[key] instanceof Getter) return frame.fail(at, `'${key}' is computed: it cannot be assigned`);
      if (key === '__proto__') return frame.fail(at, 'prototypes are not supported');
      const changed = frame.reading.memory.change(one, () => Object.assign(emptyRecord(), record));
      (changed as Record<string, unknown>)[key] = value;
      return undefined;
    }
    if (isPrimitive(one) || one instanceof Traced)
      return frame.fail(at, `this is ${describeValue(one)}: it has no properties to assign`);
    return frame.fail(
      at,
      'values declared outside this function cannot be modified',
      'Copy it first: [...array] or { ...object }.',
    );
  });
}

function setItem(frame: Frame, at: acorn.Node, array: OwnArray, key: string, value: unknown): void {
  if (key !== 'length' && !isIndex(key)) frame.fail(at, `an array has no '${key}' to assign`);
  const length = toPlainNumber(frame, at, key === 'length' ? value : Number(key));
  if (length > LONGEST_ARRAY) spendEntries(frame, at, length);
  changeItems(frame, at, array, (items) => {
    if (key === 'length') {
      while (items.length < length) items.push(HOLE);
      items.length = length;
    } else {
      while (items.length < length) items.push(HOLE);
      items[length] = value;
    }
  });
}

export function deleteProperty(frame: Frame, at: acorn.Node, object: unknown, key: string): unknown {
  if (object instanceof OwnArray && isIndex(key)) {
    if (Number(key) < itemsOf(frame, at, object).length) setItem(frame, at, object, key, HOLE);
    return true;
  }
  if (object instanceof OwnObject) {
    const record = recordOf(frame, at, object);
    const changed = frame.reading.memory.change(object, () => Object.assign(emptyRecord(), record));
    return delete (changed as Record<string, unknown>)[key];
  }
  return frame.fail(at, 'only a property of an object made in this function can be deleted');
}

export function hasProperty(frame: Frame, at: acorn.Node, object: unknown, key: string): boolean {
  if (object instanceof OwnArray) {
    const items = itemsOf(frame, at, object);
    if (isIndex(key)) return Number(key) < items.length && items[Number(key)] !== HOLE;
    return key === 'length' || key in Array.prototype;
  }
  if (object instanceof OwnObject) return key in recordOf(frame, at, object) || key in Object.prototype;
  if (!isObject(object) || object instanceof Closure)
    return frame.fail(at, `\`in\` needs an object; this is ${describeValue(object)}`);
  return key in (object as object);
}

export function instanceOf(frame: Frame, at: acorn.Node, value: unknown, type: unknown): boolean {
  if (value instanceof Traced || isPrimitive(value)) return false;
  if (!isNative(type)) return frame.fail(at, '`instanceof` only supports built-in classes');
  if (value instanceof OwnArray) return type === Array || type === Object;
  if (value instanceof OwnObject) return type === Object;
  if (value instanceof Closure) return type === Function || type === Object;
  return value instanceof (type as new () => unknown);
}

export function isIndex(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key);
}

export function unhole(item: unknown): unknown {
  return item === HOLE ? undefined : item;
}

/** The result of `Object.entries`. */
export function entriesOf(frame: Frame, at: acorn.Node, object: unknown): [string, unknown][] {
  if (object instanceof Choice) return entriesOf(frame, at, settled(frame, at, object));
  if (object instanceof OwnArray) {
    return itemsOf(frame, at, object).flatMap((item, i) =>
      item === HOLE ? [] : [[String(i), item] as [string, unknown]],
    );
  }
  if (object instanceof OwnObject) {
    return Object.keys(recordOf(frame, at, object)).map((key) => [key, read(frame, at, object, key)]);
  }
  if (typeof object === 'string') return Object.entries(object);
  if (object === undefined || object === null) return frame.fail(at, `this needs an object; it is ${object}`);
  if (!isObject(object) || object instanceof Closure) return [];
  return Object.keys(object as object).map((key) => [key, read(frame, at, object, key)]);
}

/** The items that a spread or `for … of` iterates over. */
export function iterate(frame: Frame, at: acorn.Node, value: unknown): unknown[] {
  if (value instanceof OwnArray) {
    const items = itemsOf(frame, at, value);
    spendEntries(frame, at, items.length);
    return items.map(unhole);
  }
  if (typeof value === 'string') {
    spendEntries(frame, at, value.length);
    return [...value];
  }
  const isCollection =
    Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof Set || value instanceof Map;
  if (isCollection && isNative(Reflect.get(value, Symbol.iterator))) {
    spendEntries(frame, at, 'size' in value ? value.size : Array.isArray(value) ? value.length : value.byteLength / 8);
    const items = Array.from(value as Iterable<unknown>);
    return value instanceof Map ? items.map((entry) => ownArray(frame, [...(entry as unknown[])])) : items;
  }
  if (value instanceof Choice) return iterate(frame, at, settled(frame, at, value));
  return frame.fail(at, `only arrays can be iterated over; this is ${describeValue(value)}`);
}

import { describe, expect, it } from 'vitest';
import { type FoundOption, type OptionPlace, optionAt } from '../../../extension/definitions/options.ts';

const isPlace = (found: FoundOption | OptionPlace | null): found is OptionPlace => found !== null && 'at' in found;

/** The text after `x: 1` was added to the options of `f`, or null. */
function added(text: string, path: (string | number)[] = ['x']): string | null {
  const place = optionAt(text, text.indexOf('f('), path);
  if (!isPlace(place)) return null;
  return `${text.slice(0, place.at)}${place.before}x: 1${place.after}${text.slice(place.at)}`;
}

/** The text of an option's value. */
function valueAt(text: string, path: (string | number)[]): string | null {
  const found = optionAt(text, text.indexOf('f('), path);
  return found && !isPlace(found) ? text.slice(found.value.from, found.value.to) : null;
}

describe('an option is added', () => {
  it.each([
    ['f()', 'f({ x: 1 })'],
    ['f({})', 'f({ x: 1 })'],
    ['f({ a: 2 })', 'f({ a: 2, x: 1 })'],
    ['f({ a: 2, })', 'f({ a: 2, x: 1, })'],
    ['f({ ...a })', 'f({ ...a, x: 1 })'],
    ['f({\n    a: 2,\n  })', 'f({\n    a: 2,\n    x: 1,\n  })'],
    ['f({\n\ta: 2 // why\n})', 'f({\n\ta: 2,\n\tx: 1 // why\n})'],
    ['g(f({ a: { b: 1 } }))', 'g(f({ a: { b: 1 }, x: 1 }))'],
    ["f('name', sweep({ a: [1] }, ({ a }) => ({ a })))", "f('name', sweep({ a: [1] }, ({ a }) => ({ a, x: 1 })))"],
    ["f('n', sweep({}, (p) => { return { a: 1 }; }))", "f('n', sweep({}, (p) => { return { a: 1, x: 1 }; }))"],
    ['const o = { a: 1 };\nf(o);', 'const o = { a: 1, x: 1 };\nf(o);'],
  ])('%j', (before, after) => {
    expect(added(before)).toBe(after);
  });

  it('inside another one', () => {
    expect(added('f({ full: { a: 1 } })', ['full', 'x'])).toBe('f({ full: { a: 1, x: 1 } })');
  });

  it.each(['f(options)', 'f(...all)', 'f(make())', 'f', 'const o = p; const p = o; f(o)'])('not to %j', (text) => {
    expect(added(text)).toBeNull();
  });
});

describe('an option is found', () => {
  it.each([
    ["f({ 'x y': 3 })", ['x y'], '3'],
    ['f({ x })', ['x'], 'x'],
    ['f({ x: [1, /* two */ 2] })', ['x', 1], '2'],
    ['f({ x: { y: -1 } })', ['x', 'y'], '-1'],
    ['f({ x: 1, x: 2 })', ['x'], '2'],
  ] as const)('in %j', (text, path, value) => {
    expect(valueAt(text, [...path])).toBe(value);
  });
});

it('is that of the call at the offset', () => {
  const text = 'f({ a: f({ b: 1 }) })';
  const inner = optionAt(text, text.lastIndexOf('f('), ['b']);
  expect(inner).toMatchObject({ isShorthand: false });
  expect(optionAt(text, text.indexOf('b'), ['b'])).toBeNull();
});

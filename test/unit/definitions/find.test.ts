import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FoundExperiment, findCalls, findExperiments } from '../../../extension/definitions/index.ts';

const GOOD = `import { experiment, separable, linear, elementwise, gd, ngd, sweep } from 'depth-lab';

// experiment('in a comment', {});
const scale = 0.1;

experiment('First', {
  problem: separable({ dimension: 10, train: 8 }),
  parameterizations: {
    'linear': linear(),
    'u² − v²': elementwise({ u: scale, v: scale }, ({ u, v }) => u * u - v * v),
  },
  optimizers: { GD: gd({ rate: 0.05 }), NGD: ngd({ rate: 0.05 }) },
  claims: {
    'a claim': ({ result }) => result.invariance('NGD') < 0.02,
  },
});

experiment(\`Second\`, sweep({ depth: [1, 2, 3] }, ({ depth }) => ({
  problem: separable({ dimension: 10, train: 8 }),
  parameterizations: { deep: deepLinear({ depth }) },
  optimizers: { GD: gd({ rate: 0.05 }) },
})));

experiment("Third", {
  parameterizations: { linear: linear() },
});
`;

const names = (text: string) => findExperiments(text).map((experiment) => experiment.name);
const slice = (text: string, { start, end }: FoundExperiment['range']) => text.slice(start.offset, end.offset);

describe('finding experiments', () => {
  it('finds each with its name, place and entries', () => {
    const [first, second, third] = findExperiments(GOOD);
    expect(first).toMatchObject({ name: 'First', line: 6, column: 1, complete: true });
    expect(slice(GOOD, first.nameRange)).toBe("'First'");
    expect(slice(GOOD, first.range).startsWith("experiment('First'")).toBe(true);
    expect(slice(GOOD, first.range).endsWith('})')).toBe(true);
    expect(first.parameterizations.map(({ name }) => name)).toEqual(['linear', 'u² − v²']);
    expect(slice(GOOD, first.parameterizations[0].range)).toBe("'linear': linear()");
    expect(slice(GOOD, first.parameterizations[0].key)).toBe("'linear'");
    expect(first.parameterizations[1].range.start).toMatchObject({ line: 10, column: 5 });
    expect(first.optimizers.map(({ name }) => name)).toEqual(['GD', 'NGD']);
    expect(first.claims.map(({ name }) => name)).toEqual(['a claim']);
    expect(second.name).toBe('Second');
    expect(second.parameterizations.map(({ name }) => name)).toEqual(['deep']);
    expect(third).toMatchObject({ name: 'Third', line: 24 });
  });

  it.each([
    ["experiment('it\\'s \\u00b2 \\x41 \\u{1F600}', {})", "it's ² A 😀"],
    ["export const one = experiment('exported', {})", 'exported'],
    ["import * as lab from 'depth-lab';\nlab.experiment('in a namespace', {})", 'in a namespace'],
    ["import { experiment as study } from 'depth-lab';\nstudy('renamed', {})", 'renamed'],
    ["for (const n of [1]) {\n  experiment('in a loop', {});\n}", 'in a loop'],
    ["experiment<Kind>('with a type', {} satisfies Definition)", 'with a type'],
    ["experiment('no definition yet'", 'no definition yet'],
  ])('reads %s', (text, name) => {
    expect(names(text)).toEqual([name]);
  });

  it.each([
    "// experiment('commented', {})",
    "f(); // g(); experiment('commented', {})",
    "f(); /* g(); experiment('commented', {}) */",
    "const text = 'f(); experiment(';",
    "/*\nexperiment('commented', {})\n*/",
    "/*\nexperiment('commented', {})\n*/ const broken = (",
    "const text = `\nexperiment('text', {})\n`;",
    'experiment(',
    "experiment('unclosed",
    'experiment()',
    "other('experiment', {})",
    '',
  ])('finds none in %j', (text) => {
    expect(names(text)).toEqual([]);
  });

  it('gives calls with a computed name without a name', () => {
    const { calls } = findCalls(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a program
      'for (const d of [1, 2]) experiment(`depth ${d}`, { parameterizations: { a: linear() } });',
    );
    expect(calls).toMatchObject([{ name: null, line: 1, column: 25, parameterizations: [{ name: 'a' }] }]);
  });

  it('reads computed and numeric keys, and skips what has no name', () => {
    const text =
      "experiment('k', { parameterizations: { ['a b']: f(), 3: f(), short, ...rest, [key]: f(), method() {} } })";
    expect(findExperiments(text)[0].parameterizations.map(({ name }) => name)).toEqual(['a b', '3', 'short', 'method']);
  });
});

describe('half-typed text', () => {
  const found = findExperiments(GOOD);
  /** Those whose own text, and the line break before it, a change between two offsets leaves alone. */
  const untouched = (from: number, to: number) =>
    found.filter(({ range }) => range.end.offset < from || range.start.offset - 1 > to).map(({ name }) => name);

  it('keeps every experiment before the end of a prefix', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: GOOD.length }), (length) => {
        expect(names(GOOD.slice(0, length))).toEqual(
          expect.arrayContaining(found.filter(({ range }) => range.end.offset <= length).map(({ name }) => name)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every other experiment after the deletion of any one character', () => {
    for (let at = 0; at < GOOD.length; at++) {
      const text = GOOD.slice(0, at) + GOOD.slice(at + 1);
      expect(names(text), `without character ${at}`).toEqual(expect.arrayContaining(untouched(at, at + 1)));
    }
  });

  it('keeps every other experiment after any insertion of punctuation', () => {
    const punctuation = fc.string({ unit: fc.constantFrom(...'(){}[]\'",:;=>/*`$ab \n'), minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: GOOD.length }), punctuation, (at, inserted) => {
        fc.pre(!inserted.includes('/*'));
        const text = GOOD.slice(0, at) + inserted + GOOD.slice(at);
        expect(names(text)).toEqual(expect.arrayContaining(untouched(at, at)));
      }),
      { numRuns: 500 },
    );
  });

  it('never throws', () => {
    const token = fc.constantFrom('experiment(', "'", '`', '{', '}', ')', '\n', '${', 'a', ':', '/', '/*', '<', '=>');
    const text = fc.oneof(fc.string({ unit: token }), fc.string({ unit: 'binary', maxLength: 200 }));
    const repeated = fc.tuple(token, fc.nat(5000)).map(([one, count]) => one.repeat(count));
    fc.assert(
      fc.property(fc.array(fc.oneof(text, repeated), { maxLength: 3 }), (parts) => {
        expect(() => findCalls(parts.join(''))).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['(', ')'],
    ['[', ']'],
    ['{a:', '}'],
    ['`${', '}`'],
    ['experiment(', ')'],
    ["experiment('x', { claims: { a: ", '}})'],
    ['!', ''],
    ['a=>', ''],
    ['await ', ''],
    ['async a=>', ''],
  ])('is looked into only to a limited depth: %s', (open, close) => {
    const deep = open.repeat(100_000) + close.repeat(100_000);
    const text = `experiment('before', {});\n\n(${deep});\n\nexperiment('after', {});\n`;
    expect(names(text)).toContain('before');
    expect(names(text)).toContain('after');
    expect(names(`experiment('open', ${open.repeat(100_000)}`).length).toBeLessThan(2000);
  });
});

describe('calls that the text does not name', () => {
  it.each([
    [`experiment(\`a \${k}\`, {})`, 1],
    ["experiment('a' + k, {})", 1],
    ['experiment(name, {})', 1],
    ['experiment(...args)', 1],
    ['const e = experiment;', 11],
    ['names.forEach((name) => make(experiment, name))', 30],
    ['const all = [experiment];', 14],
    ["lab['experiment'](name, {})", 1],
  ])('%s is found, without a name', (text, column) => {
    expect(findCalls(`${text}\n`).calls.map((call) => [call.name, call.line, call.column])).toEqual([
      [null, 1, column],
    ]);
    expect(findExperiments(text)).toEqual([]);
  });

  it.each([
    "import { experiment } from 'depth-lab';",
    "import { experiment as e } from 'depth-lab';",
    'experiment',
    '// experiment',
  ])('%s is no call', (text) => {
    expect(findCalls(`${text}\n`).calls).toEqual([]);
  });
});

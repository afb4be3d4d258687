import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DefinitionTracker, findExperiments } from '../../../extension/definitions/index.ts';

const TEXT = `import { experiment } from 'depth-lab';

experiment('One', {
  parameterizations: {
    'linear': linear(),
    'square': elementwise({ u: 1 }, ({ u }) => u * u),
  },
  optimizers: { GD: gd({ rate: 1 }) },
});

experiment('Two', {
  parameterizations: { deep: deepLinear({ depth: 2 }) },
});
`;

/** A text and its tracker, edited together. */
class Typist {
  readonly tracker = new DefinitionTracker();
  text = TEXT;

  constructor() {
    this.tracker.change([], TEXT);
  }

  replace(from: number, to: number, inserted: string): this {
    this.text = this.text.slice(0, from) + inserted + this.text.slice(to);
    this.tracker.change([{ from, to, length: inserted.length }], this.text);
    return this;
  }

  /** Types one character after the other behind a mark. */
  typeAfter(mark: string, typed: string): this {
    let at = this.text.indexOf(mark) + mark.length;
    for (const character of typed) this.replace(at, at++, character);
    return this;
  }

  delete(mark: string): this {
    const at = this.text.indexOf(mark);
    return this.replace(at, at + mark.length, '');
  }

  get names() {
    return this.tracker.calls.map(({ name }) => name);
  }

  get entries() {
    return this.tracker.calls.map(({ parameterizations }) => parameterizations.map(({ name }) => name));
  }
}

describe('following experiments through edits', () => {
  it('keeps an experiment whose name is being typed', () => {
    const typist = new Typist().delete("'One', {");
    expect(typist.names).toEqual(['One', 'Two']);
    typist.typeAfter('experiment(', "'Uno");
    expect(typist.names).toEqual(['One', 'Two']);
    typist.typeAfter("'Uno", "', {");
    expect(typist.names).toEqual(['Uno', 'Two']);
  });

  it('moves with lines typed above', () => {
    const typist = new Typist().typeAfter("'depth-lab';", '\n\n`');
    expect(typist.tracker.calls.map(({ line }) => line)).toEqual([5, 13]);
    expect(typist.names).toEqual(['One', 'Two']);
  });

  it('keeps the parameterizations of a broken experiment', () => {
    const typist = new Typist();
    for (const typed of [' (', "'", ' }', '.', ' + ']) typist.typeAfter("'linear': linear()", typed);
    expect(typist.names).toEqual(['One', 'Two']);
    expect(typist.entries[0]).toEqual(['linear', 'square']);
    expect(typist.entries[1]).toEqual(['deep']);
  });

  it('lets go of an experiment that is deleted', () => {
    const { start, end } = findExperiments(TEXT)[0].range;
    const typist = new Typist().replace(start.offset, end.offset, '(');
    expect(typist.names).toEqual(['Two']);
  });

  it('lets go of what is gone once the text is whole again', () => {
    expect(new Typist().replace(TEXT.indexOf("experiment('One'"), TEXT.indexOf("('One'"), 'other').names).toEqual([
      'Two',
    ]);
  });

  it('knows after any edits what a fresh look finds, and loses nothing but what is deleted', () => {
    const edit = fc.record({
      from: fc.nat(TEXT.length),
      length: fc.nat(3),
      inserted: fc.string({ unit: fc.constantFrom(...'(){}\'",:ab \n'), maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 5 }), (edits) => {
        const typist = new Typist();
        for (const { from, length, inserted } of edits) {
          const at = Math.min(from, typist.text.length);
          typist.replace(at, Math.min(at + length, typist.text.length), inserted);
        }
        expect(typist.names).toEqual(expect.arrayContaining(findExperiments(typist.text).map(({ name }) => name)));
        for (const { range } of typist.tracker.calls) {
          expect(range.end.offset).toBeLessThanOrEqual(typist.text.length);
          expect(range.start.offset).toBeLessThan(range.end.offset);
        }
      }),
      { numRuns: 200 },
    );
  });
});

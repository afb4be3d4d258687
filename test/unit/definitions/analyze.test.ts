import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Analyzer } from '../../../extension/definitions/analyze.ts';
import { calleesOf } from '../../../extension/definitions/callee.ts';
import { parsedStrictly } from '../../../extension/definitions/parser.ts';
import { read } from '../../../extension/definitions/read.ts';
import { toEnd } from '../../../extension/definitions/steps.ts';
import { labFile, small } from '../../labFiles.ts';

const experiments = (count: number) => Array.from({ length: count }, (_, i) => small({ name: `Experiment ${i}` }));

/** What it costs to analyze a text anew after a change. */
function costOf(before: string, after: string) {
  const analyzer = new Analyzer();
  toEnd(analyzer.analyze(before));
  const { parsed, visited } = analyzer.effort;
  const { calls } = toEnd(analyzer.analyze(after));
  return { parsed: analyzer.effort.parsed - parsed, visited: analyzer.effort.visited - visited, calls: calls.length };
}

describe('the cost of an analysis', () => {
  it.each(['1', '(', '`', "'"])('is that of one experiment when %s is typed into one of many', (typed) => {
    const text = labFile(...experiments(500));
    const at = text.indexOf('rate: ', text.length / 2) + 6;
    const cost = costOf(text, text.slice(0, at) + typed + text.slice(at));
    expect(cost.calls).toBe(500);
    expect(cost.parsed).toBeLessThan(2 * small().length);
    expect(cost.visited).toBeLessThan(small().length);
  });

  it('does not depend on the length of the text around it', () => {
    const data = `const data = [\n${'  [0.25, 0.5, 0.125],\n'.repeat(5000)}];\n`;
    const text = labFile(data, small());
    expect(costOf(text, text.replace('seeds: 2', 'seeds: 23')).parsed).toBeLessThan(2 * small().length);
  });

  it.each([
    ['experiments', (count: number) => labFile(...experiments(count))],
    ['experiments in a loop', (count: number) => labFile('for (const i of [1]) {', ...experiments(count), '}')],
    [
      'nested experiments',
      (count: number) => "experiment('x', {\n  claims: { a: ".repeat(count) + '} })'.repeat(count),
    ],
    ['unclosed comments', (count: number) => '/*\n'.repeat(count)],
    ['parameterizations', (count: number) => `experiment('x', { parameterizations: { ${'a: f(),'.repeat(count)} } })`],
  ])('grows with the length of the text, and no faster: %s', (_name, textOf) => {
    const [few, many] = [50, 200].map((count) => costOf('', textOf(count)));
    expect(many.parsed).toBeLessThan(5 * few.parsed);
    expect(many.visited).toBeLessThan(5 * few.visited);
  });

  it('is not paid again for what was parsed before the analysis was given up', () => {
    const text = labFile(...experiments(50));
    const analyzer = new Analyzer();
    const given = analyzer.analyze(text);
    while (analyzer.effort.parsed < text.length / 2) given.next();
    toEnd(analyzer.analyze(text));
    expect(analyzer.effort.parsed).toBeLessThan(1.1 * text.length);
  });

  it('pauses often', () => {
    const analyzer = new Analyzer();
    let before = 0;
    for (const _pause of analyzer.analyze(labFile(...experiments(100), `const data = [${'1,'.repeat(20_000)}];`))) {
      expect(analyzer.effort.parsed - before).toBeLessThan(5000);
      before = analyzer.effort.parsed;
    }
    expect(before).toBeGreaterThan(40_000);
  });
});

describe('pieces', () => {
  const one = "experiment('one', { claims: { a: f() } });\n";
  const part = fc.constantFrom(
    ...[one, "experiment('two', {})\n", "export const e = experiment('three', {});"],
    ...[
      'for (const i of [1]) {\n',
      'if (a) {\n',
      '}\n',
      'else\n',
      'f(() => {\n',
      '});\n',
      '/*\n',
      ' */\n',
      '`\n',
      '// `\n',
    ],
    ...[
      'const a = ',
      'x',
      '/',
      '\n',
      "'text';\n",
      'make(experiment);\n',
      '  ',
      `experiment(\`a \${b}\`, {});\n`,
      '[\n',
      '];\n',
      '// f(); ',
      "'f(); ",
      '; ',
      '/* ',
    ],
  );

  it('yield what the whole text yields, where that has no errors', () => {
    let whole = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const effort = { parsed: 0, visited: 0 };
        const tree = toEnd(parsedStrictly(text, effort));
        if (!tree) return;
        whole++;
        const expected = toEnd(read(tree, text, calleesOf(text), effort)).calls;
        const { calls } = toEnd(new Analyzer().analyze(text));
        const inText = calls.map(({ shape, at }) => ({ name: shape.name, from: shape.from + at, to: shape.to + at }));
        expect(inText).toEqual(expected.map(({ name, from, to }) => ({ name, from, to })));
      }),
      // A comment with an experiment in the middle of a statement.
      { numRuns: 5000, examples: [[['const a = ', '/*\n', one, ' */\n', one]]] },
    );
    expect(whole).toBeGreaterThan(200);
  });
});

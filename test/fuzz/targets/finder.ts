/** The finder of experiments, which reads what is being typed. */
import fc from 'fast-check';
import { findCalls } from '../../../extension/definitions/index.ts';
import { damagedText } from './mutations.ts';
import { target } from './target.ts';

/** A piece of a lab file and the experiments that it defines. */
interface Part {
  text: string;
  names: string[];
}

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  fc.constantFrom('experiment(', '__proto__', '<img onerror>', "it's", '`', `\${x}`, '\u202eabc'),
);

/** A name between quotes of one kind, escaped as JavaScript wants it. */
const quoted = (text: string, quote: string) => {
  const escaped = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  const inner = escaped.replaceAll(quote, `\\${quote}`).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
  return quote + (quote === '`' ? inner.replaceAll('${', '\\${') : inner) + quote;
};

const literals = fc.constantFrom(
  "'experiment('",
  '"experiment(\\"a\\")"',
  '/experiment\\([)]/',
  '[1, 2, 3]',
  '{ a: () => 1 }',
);
const body = fc.constantFrom(
  '{}',
  '{ steps: 3, claims: { a: ({ result }) => result.runs.length > 0 } }',
  `{ problem: p(\`\${\`a\`}\`) }`,
  'make()',
);

const part: fc.Arbitrary<Part> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(name, fc.constantFrom("'", '"', '`'), body)
      .map(([n, quote, x]) => ({ text: `experiment(${quoted(n, quote)}, ${x});`, names: [n] })),
  },
  literals.map((x) => ({ text: `const c${Math.abs(hash(x))} = ${x};`, names: [] })),
  fc
    .constantFrom(
      '// experiment("no", {})',
      '/* experiment("no", {}) */',
      'type T<A> = { experiment: A };',
      'export {};',
    )
    .map((text) => ({ text, names: [] })),
  name.map((n) => ({ text: `const t = \`\${experiment(${quoted(n, '"')}, {})} experiment("no", {})\`;`, names: [n] })),
  fc.tuple(name, name).map(([a, b]) => ({
    text: `for (const x of [1]) { experiment(${quoted(a, '"')}, { a: x }); if (x) experiment(${quoted(b, "'")}, {}); }`,
    names: [a, b],
  })),
);

const head = "import { experiment } from 'depth-lab';";
const files = fc.array(part, { maxLength: 6 }).map((parts) => ({
  // Each in a block of its own: names of variables may repeat.
  text: [
    head,
    ...parts.map(({ text }) => (text.startsWith('export') || text.startsWith('type') ? text : `{ ${text}\n}`)),
  ].join('\n'),
  names: parts.flatMap(({ names }) => names),
}));

function hash(text: string): number {
  return [...text].reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) | 0, 7);
}

export const finder = target(
  'the finder of experiments, on whole files',
  'lab files with experiments in every kind of place, and texts that look like some: exactly the experiments are found, in order',
  5,
  files,
  ({ text, names }) => {
    const { calls, complete } = findCalls(text);
    const found = calls.map((call) => call.name);
    if (JSON.stringify(found) !== JSON.stringify(names))
      throw new Error(`found ${JSON.stringify(found)}, not ${JSON.stringify(names)}`);
    if (!complete) throw new Error('the file counts as incomplete');
    return 'right';
  },
);

export const finderOnDamage = target(
  'the finder of experiments, while typing',
  'half-typed and damaged lab files: nothing is thrown, and every place lies in the text',
  5,
  damagedText(files.map(({ text }) => text)),
  (text) => {
    const lines = text.split(/\r\n|[\r\n]/);
    const { calls, complete } = findCalls(text);
    for (const { range } of calls) {
      for (const { offset, line, column } of [range.start, range.end]) {
        const length = lines[line - 1]?.length ?? -1;
        if (!(offset <= text.length && column >= 1 && column <= length + 2))
          throw new Error(`${line}:${column} is outside of the text`);
      }
    }
    return complete ? 'right' : 'refused';
  },
);

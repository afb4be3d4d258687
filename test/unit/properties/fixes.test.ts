/** What a fix writes is what the lab takes: each mistake is made, mended as the editor does, and gone. */
import { afterAll, expect, it } from 'vitest';
import { fixEdits } from '../../../extension/editor/fixEdits.ts';
import { fixTitle } from '../../../extension/lab/fixes.ts';
import type { Failure } from '../../../extension/report/failure.ts';
import { LabFolder, labText } from '../engine/labFile.ts';
import { endClients, eventsOf, of, startClient } from '../engine/startClient.ts';

const folder = new LabFolder();
let engine: ReturnType<typeof startClient> | null = null;
afterAll(async () => {
  await endClients();
  folder.remove();
});

folder.write('semicolons.csv', 'a;b;species\n1;2;x\n3;4;y\n5;1;x\n2;2;y\n');
folder.write('commas.csv', 'a,b,species\n1,2,x\n3,4,y\n5,1,x\n2,2,y\n');
folder.write('three.csv', 'a,b,species\n1,2,x\n3,4,y\n5,1,z\n2,2,y\n');
folder.write('numbers.csv', '1,2,1\n3,4,-1\n5,1,1\n2,2,-1\n');
folder.write('marks.csv', 'a;b;y\n1,5;2;1\n3;4;0\n5;1;1\n2;2;0\n');
folder.write('wide.csv', Buffer.from(`\ufeff${'a,b,y\n1,2,1\n3,4,0\n5,1,1\n2,2,0\n'}`, 'utf16le'));

const elementwise = (body: string) => ({ parameterizations: `{ a: elementwise({ u: 1, v: 2 }, ${body}) }` });
const data = (options: string) => ({ problem: `dataset({ ${options} })` });
const program = (body: string) => ({
  names: 'experiment, parameterization, separable, vector, linear, gd',
  parameterizations: `{ a: parameterization({ a: vector(6), b: vector(6) }, ({ a, b }) => ${body}) }`,
});

async function failuresOf(name: string, text: string): Promise<Failure[]> {
  engine ??= startClient();
  const events = await eventsOf(engine, folder.write(name, text));
  return of(events, 'failed').map(({ failure }) => failure);
}

function offsetOf(text: string, { line, column }: Failure): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((total, { length }) => total + length + 1, 0) + column - 1;
}

const cases: [name: string, parts: Parameters<typeof labText>[0], title: string, written: string][] = [
  [
    'an option of a problem',
    { problem: 'separable({ dimension: 6, trian: 4 })' },
    "Change 'trian' to 'train'",
    'train: 4',
  ],
  [
    'an option of an optimizer',
    { optimizers: '{ GD: gd({ rat: 0.1 }) }' },
    "Change 'rat' to 'rate'",
    'gd({ rate: 0.1 })',
  ],
  ['a missing option', { optimizers: '{ GD: gd() }' }, 'Set rate: 0.1', 'gd({ rate: 0.1 })'],
  [
    'a missing one besides others',
    { problem: 'separable({ dimension: 6 })' },
    'Set train: 10',
    '{ dimension: 6, train: 10 }',
  ],
  ['missing steps', { rest: 'seeds: 1,' }, 'Set steps: 1000', 'seeds: 1,\n  steps: 1000,'],
  ['an option of the experiment', { rest: 'stpes: 20,' }, "Change 'stpes' to 'steps'", '  steps: 20,'],
  ['one of a sweep', { names: 'experiment, sweep, separable, linear, gd' }, "Change 'stpes' to 'steps'", 'steps: 5'],
  [
    'a missing option of the full size',
    { rest: 'steps: 20, full: { stpes: 30 },' },
    "Change 'stpes' to 'steps'",
    'full: { steps: 30 }',
  ],
  [
    'a choice',
    { optimizers: "{ NGD: ngd({ rate: 0.1, fisher: 'trian' }) }" },
    "Set fisher: 'train'",
    "fisher: 'train'",
  ],
  ['a call that was forgotten', { parameterizations: '{ a: linear }' }, 'Set a: linear()', '{ a: linear() }'],
  [
    'an optimizer that is not called',
    { optimizers: '{ GD: gd }' },
    'Set GD: gd({ rate: 0.1 })',
    '{ GD: gd({ rate: 0.1 }) }',
  ],
  [
    'a schedule',
    { optimizers: '{ NGD: ngd({ rate: 0.1, damping: { strat: 1, end: 0.1, steps: 5 } }) }' },
    "Change 'strat' to 'start'",
    '{ start: 1, end: 0.1',
  ],
  [
    'a column',
    data("csv: 'commas.csv', label: 'specie', loss: 'logistic'"),
    "Set label: 'species'",
    "label: 'species'",
  ],
  [
    'a column in a list',
    data("csv: 'commas.csv', label: 'species', columns: ['a', 'B1'], loss: 'logistic'"),
    "Write 'b'",
    "['a', 'b']",
  ],
  ['a column counted from 1', data("csv: 'commas.csv', label: 3, loss: 'logistic'"), 'Set label: 2', 'label: 2'],
  ['a loss', data("csv: 'commas.csv', label: 'species'"), "Set loss: 'logistic'", "loss: 'logistic'"],
  [
    'a delimiter',
    data("csv: 'semicolons.csv', delimiter: ',', label: 'species', loss: 'logistic'"),
    "Set delimiter: ';'",
    "delimiter: ';'",
  ],
  ['a missing header', data("csv: 'numbers.csv', label: 2, loss: 'logistic'"), 'Set header: false', 'header: false'],
  [
    'a header that is there',
    data("csv: 'commas.csv', header: false, label: 'species', loss: 'logistic'"),
    'Set header: true',
    'header: true',
  ],
  ['a decimal comma', data("csv: 'marks.csv', label: 'y', loss: 'logistic'"), "Set decimal: ','", "decimal: ','"],
  [
    'an encoding',
    data("csv: 'wide.csv', label: 'y', loss: 'logistic'"),
    "Set encoding: 'utf-16le'",
    "encoding: 'utf-16le'",
  ],
  [
    'more than two classes',
    data("csv: 'three.csv', label: 'species', loss: 'logistic'"),
    "Set positive: 'x'",
    "positive: 'x'",
  ],
  ['a name of a parameter', elementwise('({ u, w }) => u * w'), 'Write v: w', '({ u, v: w }) => u * w'],
  ['a property of the parameters', elementwise('(p) => p.u * p.vv'), 'Write p.v', 'p.u * p.v'],
  ['a function of Math', elementwise('({ u, v }) => Math.tahn(u) * v'), 'Write Math.tanh', 'Math.tanh(u) * v'],
  ['Math itself', elementwise('({ u, v }) => exp(u) * v'), 'Write Math.exp', 'Math.exp(u) * v'],
  [
    'a constant',
    { before: 'const scale = 2;', ...elementwise('({ u, v }) => { const factor = u; return fator * v; }') },
    'Write factor',
    'return factor * v',
  ],
  ['a truncation', elementwise('({ u, v }) => (u | 0) + v'), 'Write Math.trunc(u)', '(Math.trunc(u)) + v'],
  ['equality', elementwise('({ u, v }) => ([u] == 1 ? u : v)'), 'Write [u] === 1', '([u] === 1 ? u : v)'],
  [
    'a forgotten return',
    elementwise('({ u, v }) => { u * u - v * v; }'),
    'Write return u * u - v * v;',
    '{ return u * u - v * v; }',
  ],
  ['a whole number', elementwise('({ u, v }) => parseInt(u) + v'), 'Write Math.trunc(u)', 'Math.trunc(u) + v'],
  [
    'rounded entries',
    { before: 'const w = Float32Array.of(1, 2);', ...elementwise('({ u, v }) => w.map((x) => x * u)[0] + v') },
    'Write Array.from(w, (x) => x * u)',
    'Array.from(w, (x) => x * u)[0]',
  ],
  [
    'tensor operations on numbers',
    { ...elementwise('({ u, v }) => multiply(u, v)'), names: 'elementwise, experiment, gd, multiply, separable' },
    'Write (u * v)',
    '({ u, v }) => (u * v)',
  ],
  ['operators on tensors', program('a * b'), 'Write multiply(a, b)', 'multiply(a, b)'],
  ['a sign of a tensor', program('-a'), 'Write negate(a)', 'negate(a)'],
];

it.each(cases)('%s', async (name, parts, title, written) => {
  let text = labText(parts);
  if (name === 'one of a sweep') {
    text = text
      .replace("'small', {", "'small', sweep({ depth: [1, 2] }, () => ({")
      .replace('steps: 20,\n});', 'stpes: 5,\n})));');
  }
  const file = `${name.replaceAll(/\W/g, '-')}.lab.ts`;
  const [failure] = await failuresOf(file, text);
  const fix = failure?.fixes.find((one) => fixTitle(one) === title);
  expect(failure?.fixes.map(fixTitle)).toContain(title);
  const changes = fixEdits(text, offsetOf(text, failure!), fix!);
  const mended = (changes ?? [])
    .toSorted((a, b) => b.from - a.from)
    .reduce((now, one) => now.slice(0, one.from) + one.text + now.slice(one.to), text);
  expect(mended).toContain(written);
  expect((await failuresOf(file, mended)).map(({ message }) => message)).toEqual([]);
});

import { afterAll } from 'vitest';
import { LabFolder, labText } from '../engine/labFile.ts';
import { describeWrongInput, type WrongInput } from './describeWrongInput.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

const cases: WrongInput[] = [
  ['an unknown option', labText({ problem: 'separable({ dimension: 4, trian: 3 })' }), '4:12', "no option 'trian'"],
  ['a missing option', labText({ problem: 'separable({ dimension: 4 })' }), '4:12', "'train' must be a whole number"],
  ['no training example', labText({ problem: 'separable({ dimension: 4, train: 0 })' }), '4:12', 'at least 1; it is 0'],
  ['a negative rate', labText({ optimizers: '{ GD: gd({ rate: -1 }) }' }), '6:21', "'rate' must be a number above 0"],
  ['a rate that is no number', labText({ optimizers: "{ GD: gd({ rate: 'fast' }) }" }), '6:21', "it is 'fast'"],
  [
    'an unknown Fisher',
    labText({ optimizers: "{ NGD: ngd({ rate: 1, fisher: 'trian' }) }" }),
    '6:22',
    "must be one of 'train'",
  ],
  [
    'ragged rows',
    labText({ problem: "dataset({ train: { inputs: [[1, 2], [3]], labels: [1, -1] }, loss: 'logistic' })" }),
    '4:12',
    'ragged: row 1 has 2 numbers, row 2 has 1',
  ],
  [
    'labels other than ±1',
    labText({ problem: "dataset({ train: { inputs: [[1], [2]], labels: [1, 0] }, loss: 'logistic' })" }),
    '4:12',
    'labels must be 1 or −1',
  ],
  [
    'as many labels as inputs',
    labText({ problem: "dataset({ train: { inputs: [[1], [2]], labels: [1] }, loss: 'square' })" }),
    '4:12',
    '2 inputs but 1 labels',
  ],
  [
    'no data at all',
    labText({ problem: "dataset({ train: { inputs: [], labels: [] }, loss: 'square' })" }),
    '4:12',
    'at least one row',
  ],
  [
    'a dimension that does not fit',
    labText({ problem: 'separable({ dimension: 1e7, train: 1e6 })' }),
    '4:12',
    'GiB of memory',
  ],
  [
    'factors that do not fit',
    labText({
      problem: 'matrixCompletion({ rows: 10, columns: 10, rank: 1, observed: 50 })',
      parameterizations: '{ f: factorization({ depth: 2, rank: 1e9 }) }',
    }),
    '5:27',
    'GiB of memory',
  ],
  [
    'a rank above the sides',
    labText({ problem: 'matrixCompletion({ rows: 3, columns: 4, rank: 4, observed: 5 })' }),
    '4:12',
    "'rank' is 4",
  ],
  [
    'more observed entries than there are',
    labText({ problem: 'matrixCompletion({ rows: 3, columns: 4, rank: 1, observed: 13 })' }),
    '4:12',
    'up to 12; it is 13',
  ],
  [
    'an observed entry outside',
    labText({ problem: 'matrixCompletion({ matrix: [[1, 2]], observed: [[0, 2]] })' }),
    '4:12',
    'within 1 × 2',
  ],
  [
    'a product that does not fit the problem',
    labText({ parameterizations: '{ f: factorization({ depth: 2 }) }' }),
    '5:27',
    'factorization does not fit',
  ],
  [
    'given factors of the wrong shape',
    labText({ parameterizations: '{ f: deepLinear({ depth: 2, init: [[[1, 2]], [[1]]] }) }' }),
    '5:27',
    'here it must be [1, 6]',
  ],
  [
    'a start of the wrong length',
    labText({ parameterizations: '{ f: elementwise({ u: [1, 2] }, ({ u }) => u) }' }),
    '5:27',
    "initial value of 'u' has 2 numbers",
  ],
  [
    'a parameterization without call',
    labText({ parameterizations: '{ linear }' }),
    '3:1',
    'Did you forget to call it?',
  ],
  ['no optimizer', labText({ optimizers: '{}' }), '3:1', "'optimizers' must have at least one named entry"],
  ['steps that are no count', labText({ rest: 'steps: 1.5,' }), '3:1', "'steps' must be a whole number"],
  [
    'two experiments of one name',
    labText() + labText().replace(/^import.*$/m, ''),
    '11:1',
    "two experiments named 'small'",
  ],
  ['no experiment', 'export {};\n', '1:1', 'defines no experiment'],
  ['a missing name', labText({ names: 'experiment, gdd' }), '1:22', "export named 'gdd'"],
  ['a missing neighbour', labText({ before: "import { x } from './nothing';" }), '2:19', 'cannot find module'],
  [
    'a missing package',
    labText({ before: "import x from 'no-such-package';" }),
    '2:15',
    "cannot find package 'no-such-package'",
  ],
  ['a file that throws', labText({ before: "  throw new Error('boom');" }), '2:9', 'boom'],
  ['a name that is not there', labText({ before: '  nothing();' }), '2:3', 'nothing is not defined'],
  ['a syntax error', labText({ problem: 'separable({ dimension: 4,, })' }), '4:37', 'Unexpected token'],
  ['an enum', labText({ before: 'const a = 1; enum Colour { Red }' }), '2:14', 'Write a plain object'],
  ['a namespace', labText({ before: 'namespace N { export const k = 2; }' }), '2:1', 'as const'],
  ['a module of the old kind', labText({ before: 'module N { export const k = 2; }' }), '2:1', 'as const'],
  ['a parameter property', labText({ before: 'class P { constructor(private k = 1) {} }' }), '2:23', 'this.k = k'],
  ['an import by require', labText({ before: "import fs = require('fs');" }), '2:1', 'import name from'],
  [
    'a decorated method',
    labText({ before: 'class C { @mark f(): void {} }' }),
    '2:11',
    'decorators are not supported by Node',
  ],
  ['a decorated class', labText({ before: "const s: string = 'w²'; @mark class C {}" }), '2:25', 'decorators'],
  ['an accessor field', labText({ before: 'class C { accessor x = 1; }' }), '2:20', 'a getter and a setter'],
  [
    'two constants of one name',
    labText({ before: 'const a = 1;\nconst a: number = 2;' }),
    '3:7',
    "'a' has already been",
  ],
  ['an export of nothing', labText({ before: 'export { nothing };' }), '2:10', "'nothing' is not defined"],
  ['a text that is thrown', labText({ before: "\n  throw 'oops';" }), '3:3', 'the file threw oops'],
  [
    'nothing that is thrown',
    labText({ before: 'const f = () => { throw null; };\nf();' }),
    '2:19',
    'the file threw null',
  ],
  ['a rejection without error', labText({ before: "await Promise.reject('no');" }), '2:1', 'the file threw no'],
  [
    'an attribute by assert',
    labText({ before: "import d from './d.json' assert { type: 'json' };" }),
    '2:26',
    'Write `with`',
  ],
  [
    'an expression that is no number at the initialization',
    labText({
      before: 'const f = (x: number) => {\n  const y = x - 5;\n  return 2 * Math.log(y) + x;\n};',
      parameterizations: '{ f: elementwise({ u: [1, 9, 9, 9, 9, 1] }, ({ u }) => f(u)) }',
    }),
    '4:14',
    'this is NaN at the initialization',
  ],
  [
    'an expression that is infinite at the initialization',
    labText({ parameterizations: '{ f: elementwise({ u: 0 }, ({ u }) => u + 1 / u) }' }),
    '5:64',
    'this is Infinity at the initialization',
  ],
  [
    'a derivative that is infinite at the initialization',
    labText({
      parameterizations: '{ f: elementwise({ u: [1, 1, 0, 1, 1, 1] }, ({ u }) => 2 * u +\n Math.sqrt(u)) }',
    }),
    '6:2',
    'the derivative of this is not finite at the initialization',
  ],
  [
    'a norm at 0',
    labText({ parameterizations: '{ f: elementwise({ u: 0, v: 0 }, ({ u, v }) => 1 + Math.hypot(u, v)) }' }),
    '5:73',
    'the derivative of this is not finite at the initialization',
  ],
  [
    'an unbounded loop',
    labText({
      before: 'const f = (x: number) => {\n  while (x > 1) x /= 2;\n  return x;\n};',
      parameterizations: '{ f: elementwise({ u: 1 }, ({ u }) => f(u)) }',
    }),
    '3:3',
    'unbounded loop',
  ],
  [
    'an endless bounded loop',
    labText({
      parameterizations: '{ f: elementwise({ u: 1 }, ({ u }) => { for (let i = 0; i < 1; i--) u += 1; return u; }) }',
    }),
    '5:62',
    'more than 10000 iterations',
  ],
  [
    'a call that cannot be differentiated',
    labText({ parameterizations: '{ f: elementwise({ u: 1 }, ({ u }) => u * parseFloat(u)) }' }),
    '5:64',
    'parseFloat cannot be differentiated',
  ],
  [
    'a throwing parameterization',
    labText({ parameterizations: "{ f: elementwise({ u: 1 }, ({ u }) => { throw new Error('no'); }) }" }),
    '5:62',
    'exceptions are not supported',
  ],
  [
    'a misspelt parameter',
    labText({ parameterizations: '{ f: elementwise({ u: 1 }, ({ w }) => w * w) }' }),
    '5:52',
    "no 'w' here",
  ],
  [
    'an operator without derivative',
    labText({ parameterizations: '{ f: elementwise({ u: 1 }, ({ u }) => u | 1) }' }),
    '5:60',
    '`|` cannot be differentiated',
  ],
  [
    'a function without return',
    labText({ parameterizations: '{ f: elementwise({ u: 1 }, ({ u }) => { u * u; }) }' }),
    '5:62',
    'must return a number',
  ],
  [
    'recursion without end',
    labText({
      before: 'function f(x: number): number { return f(x) + 1; }',
      parameterizations: '{ f: elementwise({ u: 1 }, ({ u }) => f(u)) }',
    }),
    '2:40',
    'nested more than 100 deep',
  ],
];

describeWrongInput(folder, cases);

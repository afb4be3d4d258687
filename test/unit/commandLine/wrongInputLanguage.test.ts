import { afterAll } from 'vitest';
import { LabFolder, labText } from '../engine/labFile.ts';
import { npy } from '../lab/problems/dataset/npyFile.ts';
import { describeWrongInput, type WrongInput } from './describeWrongInput.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());
folder.write('classes.csv', 'a,y\n1,yes\n3,no\n5,perhaps\n');
folder.write('good.csv', 'a,b,y\n1,2,yes\n3,4,no\n5,6,yes\n');
folder.write('text.csv', 'a,y\n1,1\n2,-1\nthree,1\n');
folder.write('ragged.csv', 'a,b,y\n1,2,1\n3,1\n');
folder.write('x.npy', npy('<f8', [3, 2], [1, 2, 3, 4, 5, 6]));
folder.write('y.npy', npy('<f8', [2], [1, -1]));

const names = [
  'experiment, sweep, separable, regression, matrixSensing, matrixCompletion, teacher, dataset, linear, elementwise',
  'deepLinear, convolutional, network, parameterization, scalar, vector, matrix, matmul, add, multiply, sqrt, convolve, map, exp',
  'gd, momentum, adam, signDescent, ngd, kfac, gaussNewton',
].join(', ');
const text = (parts: Parameters<typeof labText>[0]) => labText({ names, ...parts });
const problem = (problem: string) => text({ problem });
const model = (parameterizations: string, problem?: string) => text({ problem, parameterizations });
const optimizer = (optimizers: string) => text({ optimizers });

const cases: WrongInput[] = [
  [
    'a momentum of 1',
    optimizer('{ M: momentum({ rate: 1, momentum: 1 }) }'),
    '6:20',
    'at least 0 and below 1; it is 1',
  ],
  ['a misspelt beta', optimizer('{ A: adam({ rate: 1, beta: 0.9 }) }'), '6:20', "Did you mean 'beta1'?"],
  ['no rate', optimizer('{ S: signDescent() }'), '6:20', "'rate' must be a number above 0; it is missing"],
  [
    'a batch of more than there are',
    optimizer('{ S: gd({ rate: 1, batch: 9 }) }'),
    '6:20',
    'which exceeds the 4 training',
  ],
  ['a batch of none', optimizer('{ S: gd({ rate: 1, batch: 0 }) }'), '6:20', "'batch' must be a whole number"],
  [
    'K-FAC for a model without layers',
    text({
      parameterizations: '{ e: elementwise({ u: 1 }, ({ u }) => u * u) }',
      optimizers: '{ K: kfac({ rate: 1 }) }',
    }),
    '6:20',
    "kfac needs a layered model on vector inputs; 'e' is not one",
  ],
  [
    'K-FAC without damping',
    optimizer('{ K: kfac({ rate: 1, damping: 0 }) }'),
    '6:20',
    "'damping' must be a number above 0",
  ],
  ['another Fisher', optimizer("{ G: gaussNewton({ rate: 1, fisher: 'empirical' }) }"), '6:20', "no option 'fisher'"],
  [
    'negative noise',
    problem('regression({ dimension: 2, train: 2, noise: -1 })'),
    '4:12',
    "'noise' must be a number of at",
  ],
  ['a rank too high', problem('matrixSensing({ rows: 2, columns: 3, rank: 3, train: 5 })'), '4:12', "'rank' is 3"],
  [
    'a teacher’s own function',
    problem('teacher({ dimension: 2, train: 2, widths: [2], activation: Math.sin })'),
    '4:12',
    "'activation' must be a name",
  ],
  ['widths that are none', problem('teacher({ dimension: 2, train: 2, widths: 3 })'), '4:12', "'widths' must list"],
  [
    'a missing file',
    problem("dataset({ csv: 'data/none.csv', label: 'y', loss: 'square' })"),
    '4:12',
    "no file 'data/none.csv'",
  ],
  ['a folder as file', problem("dataset({ csv: '.', label: 'y', loss: 'square' })"), '4:12', 'it is a folder'],
  ['a missing column', problem("dataset({ csv: 'good.csv', label: 'Y', loss: 'square' })"), '4:12', "no column 'Y'"],
  [
    'a missing label',
    problem("dataset({ csv: 'good.csv', loss: 'square' })"),
    '4:12',
    "'label' must be the name or the zero-based position of a column",
  ],
  [
    'a cell that is no number',
    problem("dataset({ csv: 'text.csv', label: 'y', loss: 'logistic' })"),
    '4:12',
    "text.csv, row 4, column 'a': 'three' is not",
  ],
  [
    'a label that is no number',
    problem("dataset({ csv: 'good.csv', label: 'y', loss: 'square' })"),
    '4:12',
    "row 2, label: 'yes' is not a finite number",
  ],
  [
    'a row of another length',
    problem("dataset({ csv: 'ragged.csv', label: 'y', loss: 'square' })"),
    '4:12',
    'row 3 has 2 cells; the header has 3',
  ],
  [
    'more than two classes',
    problem("dataset({ csv: 'classes.csv', label: 'y', loss: 'logistic' })"),
    '4:12',
    "positive: 'yes'",
  ],
  [
    'a split of too many',
    problem("dataset({ csv: 'good.csv', label: 'y', loss: 'logistic', positive: 'yes', split: 4 })"),
    '4:12',
    'up to 3; it is 4',
  ],
  [
    'as many labels as examples',
    problem("dataset({ npy: { inputs: 'x.npy', labels: 'y.npy' }, loss: 'square' })"),
    '4:12',
    'x.npy has 3 examples, but y.npy has 2 labels',
  ],
  [
    'a file of another kind',
    problem("dataset({ npy: { inputs: 'good.csv', labels: 'y.npy' }, loss: 'square' })"),
    '4:12',
    'good.csv is not a .npy file',
  ],
  [
    'a network without inputs',
    model('{ n: network({ widths: [3] }) }', 'matrixCompletion({ rows: 3, columns: 3, rank: 1, observed: 5 })'),
    '5:27',
    'with vector inputs',
  ],
  [
    'an unknown activation',
    model("{ n: network({ widths: [3], activation: 'thanh' }) }"),
    '5:27',
    "Did you mean 'tanh'?",
  ],
  [
    'an activation without derivative',
    model('{ n: network({ widths: [3], activation: (x) => parseFloat(x) }) }'),
    '5:69',
    'parseFloat cannot be differentiated',
  ],
  [
    'an activation without return',
    model('{ n: network({ widths: [3], activation: (x) => { x * x; } }) }'),
    '5:71',
    "'activation' must return a number",
  ],
  [
    'given weights of the wrong shape',
    model('{ n: network({ widths: [1], init: [[[1, 2]], [[1]]] }) }'),
    '5:27',
    'W_1 has shape [1, 2]; here it must be [1, 6]',
  ],
  [
    'a convolution for a matrix',
    model('{ c: convolutional({ depth: 2 }) }', 'matrixCompletion({ rows: 3, columns: 3, rank: 1, observed: 5 })'),
    '5:27',
    'convolutional does not fit',
  ],
  [
    'matrices that do not fit',
    model('{ p: parameterization({ a: matrix(20, 3), b: matrix(4, 20) }, ({ a, b }) => matmul(a, b)) }'),
    '5:98',
    'matmul: [20, 3] × [4, 20]: 3 ≠ 4',
  ],
  [
    'a program that is no number at the initialization',
    model('{ p: parameterization({ a: vector(6) }, ({ a }) => map((x) => Math.log(x - 9), a)) }'),
    '5:27',
    'entry 0 of the predictor is NaN at the initialization',
  ],
  [
    'a program whose derivative is infinite at the initialization',
    model(
      '{ p: parameterization({ a: vector(6) }, ({ a }) => {\n const r = sqrt(multiply(a, a));\n return add(a, r);\n}, { init: { a: 0 } }) }',
    ),
    '6:12',
    'the derivative of this is not finite at the initialization',
  ],
  [
    'a function of entries whose derivative is infinite at the initialization',
    model('{ p: parameterization({ a: vector(6) }, ({ a }) => map((x) => 1 + Math.cbrt(x), a), { init: { a: 0 } }) }'),
    '5:88',
    'the derivative of this is not finite at the initialization',
  ],
  [
    'a result of another shape',
    model('{ p: parameterization({ a: vector(4) }, ({ a }) => a) }'),
    '5:27',
    "result has shape [4]; the problem's predictor has [6]",
  ],
  [
    'a product by an operator',
    model('{ p: parameterization({ a: vector(6) }, ({ a }) => multiply(a, a * a)) }'),
    '5:85',
    'Call multiply(a, b).',
  ],
  [
    'a sum by an operator',
    model('{ p: parameterization({ a: vector(6) }, ({ a }) => {\n  const twice = a + a;\n  return twice;\n}) }'),
    '6:17',
    'Call add(a, b).',
  ],
  [
    'a sign by an operator',
    model('{ p: parameterization({ a: vector(6) }, ({ a }) => -a) }'),
    '5:73',
    'Call negate(a).',
  ],
  [
    'a parameter that is not there',
    model('{ p: parameterization({ a: vector(6) }, ({ b }) => b) }'),
    '5:65',
    "there is no 'b' here",
  ],
  [
    'a tensor program without return',
    model('{ p: parameterization({ a: vector(6) }, ({ a }) => { exp(a); }) }'),
    '5:75',
    'must return a tensor; it returns undefined',
  ],
  [
    'a vector of no length',
    model('{ p: parameterization({ a: vector(0) }, ({ a }) => a) }'),
    '5:49',
    'lengths must be whole numbers',
  ],
  [
    'a shape that is none',
    model('{ p: parameterization({ a: 6 }, ({ a }) => a) }'),
    '5:27',
    "'a' must be scalar(), vector(length)",
  ],
  [
    'a start of another length',
    model('{ p: parameterization({ a: vector(6) }, ({ a }) => a, { init: { a: [1, 2] } }) }'),
    '5:27',
    "initial value of 'a' has 2 numbers",
  ],
  [
    'a function without derivative in map',
    model('{ p: parameterization({ a: vector(6) }, ({ a }) => map((x) => x & 1, a)) }'),
    '5:84',
    '`&` cannot be differentiated',
  ],
  [
    'an operation outside',
    text({ before: 'const c = multiply(2, 3);' }),
    '2:11',
    'inside the function passed to parameterization',
  ],
  [
    'an operation on single numbers',
    model('{ e: elementwise({ u: 1 }, ({ u }) => exp(u)) }'),
    '5:60',
    'exp operates on whole tensors',
  ],
];

const sweeps: [string, string, string, string][] = [
  ['a sweep without axes', "experiment('s', sweep({}, () => ({})));", '2:17', 'at least one axis'],
  ['a sweep without function', "experiment('s', sweep({ a: [1] }));", '2:17', 'must be a function of the point'],
  [
    'a wrong option at one point',
    `experiment('s', sweep({ rate: [1, 0] }, ({ rate }) => ({
  problem: separable({ dimension: 4, train: 3 }),
  parameterizations: { l: linear() },
  optimizers: { GD: gd({ rate }) },
  steps: 5,
})));`,
    '5:21',
    "at rate 0: gd: 'rate' must be a number above 0",
  ],
  [
    'a parameterization that does not fit at one point',
    `experiment('s', sweep({ d: [4, 5] }, ({ d }) => ({
  problem: separable({ dimension: d, train: 3 }),
  parameterizations: { p: parameterization({ a: vector(4) }, ({ a }) => a) },
  optimizers: { GD: gd({ rate: 1 }) },
  steps: 5,
})));`,
    '4:27',
    "at d 5: parameterization: the function's result has shape [4]",
  ],
];
for (const [name, body, place, words] of sweeps) {
  cases.push([name, `import { ${names} } from 'depth-lab';\n${body}\n`, place, words]);
}

describeWrongInput(folder, cases);

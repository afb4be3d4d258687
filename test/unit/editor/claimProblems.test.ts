import { readdirSync, readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { claimNames, findCalls } from '../../../extension/definitions/index.ts';

vi.mock('vscode', async () => (await import('./fakeVscode.ts')).fakeVscode());
const { unknownNames } = await import('../../../extension/editor/claimProblems.ts');

const experiment = (claim: string, optimizers = '{ GD: gd(), NGD: ngd() }') =>
  `experiment('a', { parameterizations: { linear: linear() }, optimizers: ${optimizers}, claims: { c: ({ result }) => ${claim} } })`;

it('names what is not defined, with the nearest name and a fix', () => {
  const text = experiment('result.mean(\'GDD\', "liner").test.error < 1');
  expect(unknownNames(text)).toMatchObject([
    {
      message: "There is no optimizer 'GDD' in this experiment.\nDid you mean 'GD'?",
      fixes: [{ type: 'replace', was: "'GDD'", text: "'GD'" }],
    },
    {
      message: "There is no parameterization 'liner' in this experiment.\nDid you mean 'linear'?",
      fixes: [{ type: 'replace', was: '"liner"', text: '"linear"' }],
    },
  ]);
});

it('lists the names where none is near', () => {
  expect(unknownNames(experiment("result.invariance('momentum') < 1"))).toMatchObject([
    { message: "There is no optimizer 'momentum' in this experiment.\nThere are 'GD', 'NGD'.", fixes: [] },
  ]);
});

it('knows the predictions of theory, by how they are measured', () => {
  const claim = `result.angle('max L2 margn', 'GD', 'linear') < 0.1
    && result.distance("least-l1 fit", 'GD', 'linear') < 0.1
    && result.residual('stationary', 'GD', 'linear') < 0.1`;
  expect(unknownNames(experiment(claim))).toMatchObject([
    {
      message: "Theory predicts no direction 'max L2 margn'.\nDid you mean 'max L2 margin'?",
      fixes: [{ type: 'replace', was: "'max L2 margn'", text: "'max L2 margin'" }],
    },
    {
      message: "Theory predicts no point 'least-l1 fit'.\nDid you mean 'least-L1 fit'?",
      fixes: [{ type: 'replace', was: '"least-l1 fit"', text: '"least-L1 fit"' }],
    },
    {
      message: "Theory predicts no condition 'stationary'.\nDid you mean 'stationarity'?",
      fixes: [{ type: 'replace', was: "'stationary'", text: "'stationarity'" }],
    },
  ]);
});

it('says which method measures a prediction of another kind', () => {
  expect(unknownNames(experiment("result.angle('population flow', 'GD', 'linear') < 0.1"))).toMatchObject([
    {
      message:
        "'population flow' is a point, measured by result.distance; result.angle measures a direction.\n" +
        "There are 'max L2 margin', 'max L1 margin', 'minimum-norm fit', 'least-L1 fit', 'natural flow limit'.",
      fixes: [],
    },
  ]);
});

it('says nothing of what is right, or known only after running', () => {
  expect(unknownNames(experiment("result.mean('GD', 'linear').steps > 1"))).toEqual([]);
  expect(unknownNames(experiment("result.invariance('NGD') < 1", 'make()'))).toEqual([]);
  for (const method of ['angle', 'distance']) {
    expect(unknownNames(experiment(`result.${method}('minimum-norm fit', 'GD', 'linear') < 1`))).toEqual([]);
    expect(unknownNames(experiment(`result.${method}(\`max L\${p} margin\`, 'GD', 'linear') < 1`))).toEqual([]);
    expect(unknownNames(experiment(`result.${method}(target, 'GD', 'linear') < 1`))).toEqual([]);
    expect(unknownNames(experiment(`result.${method}('max ' + norm, 'GD', 'linear') < 1`))).toEqual([]);
  }
});

it('finds nothing wrong with the gallery, whose claims name directions and points', () => {
  const files = readdirSync('media/gallery').filter((name) => name.endsWith('.lab.ts'));
  const texts = files.flatMap((file) => {
    const text = readFileSync(`media/gallery/${file}`, 'utf8');
    return findCalls(text).calls.map(({ range: { start, end } }) => text.slice(start.offset, end.offset));
  });
  expect(texts.flatMap(unknownNames)).toEqual([]);
  const kinds = new Set(texts.flatMap((text) => claimNames(text).names.map(({ of }) => of)));
  expect([...kinds]).toEqual(expect.arrayContaining(['direction', 'point']));
});

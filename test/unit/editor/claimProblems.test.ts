import { expect, it, vi } from 'vitest';

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

it('says nothing of what is right, or known only after running', () => {
  expect(unknownNames(experiment("result.mean('GD', 'linear').steps > 1"))).toEqual([]);
  expect(unknownNames(experiment("result.invariance('NGD') < 1", 'make()'))).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { findExperiments, fingerprints } from '../../../extension/definitions/index.ts';

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

describe('fingerprints', () => {
  const of = (text: string) => fingerprints(text, findExperiments(text))[0];
  const before = of(TEXT);

  it('do not see spaces, comments, trailing commas and other experiments', () => {
    const after = of(
      TEXT.replace('linear(),', 'linear( ) , // note')
        .replace('rate: 1 }', 'rate: 1, }')
        .replace('depth: 2', 'depth: 3'),
    );
    expect(after).toEqual(before);
  });

  it('see a parameterization apart from the others', () => {
    const after = of(TEXT.replace('u * u', 'u * u * u'));
    expect(after.frame).toBe(before.frame);
    expect(after.parameterizations.linear).toBe(before.parameterizations.linear);
    expect(after.parameterizations.square).not.toBe(before.parameterizations.square);
  });

  it.each([
    ['rate: 1', 'rate: 2'],
    ["'depth-lab';", "'depth-lab';\nconst scale = 1;"],
  ])('see that all results depend on %s', (text, changed) => {
    expect(of(TEXT.replace(text, changed)).frame).not.toBe(before.frame);
  });
});

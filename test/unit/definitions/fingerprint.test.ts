import { describe, expect, it } from 'vitest';
import { DefinitionTracker, toEnd } from '../../../extension/definitions/index.ts';

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
  const of = (text: string) => {
    const tracker = new DefinitionTracker();
    tracker.change([], text);
    return toEnd(tracker.fingerprints(tracker.calls))[0];
  };
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
    expect(after.parameterizations.get('linear')).toBe(before.parameterizations.get('linear'));
    expect(after.parameterizations.get('square')).not.toBe(before.parameterizations.get('square'));
  });

  it.each([
    ['rate: 1', 'rate: 2'],
    ["'depth-lab';", "'depth-lab';\nconst scale = 1;"],
  ])('see that all results depend on %s', (text, changed) => {
    expect(of(TEXT.replace(text, changed)).frame).not.toBe(before.frame);
  });

  it.each([
    ["'a\\nb'", "'a\\nc'"],
    [`\`a \${k} b\``, `\`a \${k} c\``],
    ["'a b'", "'a  b'"],
    ['[1, , 2]', '[1, 2]'],
    ['[, 1]', '[1]'],
  ])('see %s become %s', (text, changed) => {
    const frame = (value: string) => of(TEXT.replace('rate: 1', `rate: ${value}`)).frame;
    expect(frame(text)).not.toBe(frame(changed));
    expect(frame(`${text} /* note */`)).toBe(frame(text));
  });

  it('keep apart any names', () => {
    const named = (name: string) => of(TEXT.replace("'linear'", `'${name}'`)).parameterizations;
    for (const name of ['__proto__', 'constructor']) expect(named(name).has(name)).toBe(true);
    expect(named('linear').has('constructor')).toBe(false);
  });

  it('see a change at the end of a very long experiment', () => {
    const data = '1,'.repeat(130_000);
    const frame = (value: string) => of(TEXT.replace('rate: 1', `data: [${data}${value}]`)).frame;
    expect(frame('2')).not.toBe(frame('3'));
  });

  it('cost no more than the words outside and those of the experiments that changed', () => {
    const tracker = new DefinitionTracker();
    const text = Array.from({ length: 300 }, (_, i) => TEXT.replaceAll("'depth-lab'", `'${i}'`)).join('');
    const pauses = () => [...tracker.fingerprints(tracker.calls)].length;
    tracker.change([], text);
    const first = pauses();
    tracker.change([{ from: text.length, to: text.length, length: 1 }], `${text};`);
    expect(first).toBeGreaterThan(10);
    expect(pauses()).toBeLessThanOrEqual(first);
    expect(pauses()).toBeLessThan(first);
  });
});

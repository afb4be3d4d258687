import { afterEach, describe, expect, it } from 'vitest';
import { takeExperiments, withInstead } from '../../../extension/lab/experiment.ts';
import { experiment, gd, gradientFlow, linear, regression, sweep } from '../../../extension/lab/index.ts';
import { smallDefinition } from './smallDefinition.ts';

afterEach(() => {
  takeExperiments();
});

const large = regression({ dimension: 40, train: 60 });

/** What `--full` runs. */
function full(definition: Parameters<typeof experiment>[1]) {
  experiment('e', definition);
  const [defined] = takeExperiments();
  return { own: defined!, full: withInstead(defined!, { seeds: null, steps: null, full: true }) };
}

describe('full', () => {
  it('replaces what it names, and keeps the rest', () => {
    const claims = { own: () => true };
    const sizes = full(smallDefinition({ claims, full: { problem: large, steps: 50, seeds: [7, 8] } }));
    const [variant] = sizes.full.variants;
    expect(variant).toMatchObject({ problem: { dimension: 40 }, steps: 50 });
    expect(variant!.optimizers.map(([name]) => name)).toEqual(['GD']);
    expect(sizes.full.seeds).toEqual([7, 8]);
    expect(sizes.full.claims.map(([name]) => name)).toEqual(['own']);
    expect(sizes.full.timeLimit).toBe(3600);
    expect(sizes.own.variants[0]).toMatchObject({ problem: { dimension: 4 }, steps: 3 });
    expect(sizes.own).toMatchObject({ seeds: [1], timeLimit: null });
  });

  it('has claims and a time limit of its own', () => {
    const sizes = full(
      smallDefinition({ claims: { a: () => true }, full: { claims: { b: () => true }, timeLimit: 5 } }),
    );
    expect(sizes.full.claims.map(([name]) => name)).toEqual(['b']);
    expect(sizes.full.timeLimit).toBe(5);
  });

  it('of flows alone drops the steps', () => {
    const sizes = full(smallDefinition({ full: { optimizers: { GF: gradientFlow({ until: 1 }) } } }));
    expect(sizes.full.variants[0]!.optimizers.map(([name]) => name)).toEqual(['GF']);
  });

  it('yields to seeds and steps that are asked for', () => {
    experiment('e', smallDefinition({ full: { steps: 50, seeds: 9 } }));
    const asked = withInstead(takeExperiments()[0]!, { seeds: [4], steps: 6, full: true });
    expect(asked).toMatchObject({ seeds: [4], variants: [{ steps: 6 }] });
  });

  it('is its own size where there is none', () => {
    const sizes = full(smallDefinition());
    expect(sizes.own.full).toBeNull();
    expect(sizes.full.variants).toEqual(sizes.own.variants);
  });

  it('is read at every point of a sweep', () => {
    const { full: asked } = full(sweep({ n: [10, 20] }, ({ n }) => smallDefinition({ full: { steps: n } })));
    expect(asked.variants.map(({ point, steps }) => [point, steps])).toEqual([
      [{ n: 10 }, 10],
      [{ n: 20 }, 20],
    ]);
  });
});

describe('a wrong full', () => {
  it.each([
    [{ full: { stepz: 3 } }, "experiment: 'full' has no option 'stepz'"],
    [{ full: { full: { steps: 3 } } }, "experiment: 'full' has no option 'full'"],
    [{ full: 3 }, "experiment: 'full': the options must be an object, not 3"],
    [{ full: {} }, "'full' must replace at least one option"],
    [{ full: { timeLimit: 5 } }, "'full' must replace at least one option"],
    [{ full: { steps: undefined } }, "'full' must replace at least one option"],
    [{ full: { steps: 3, timeLimit: 0 } }, "'timeLimit' must be a number above 0"],
    [{ full: { steps: 0 } }, "in 'full': experiment: 'steps' must be"],
    [{ full: { optimizers: {} } }, "in 'full': experiment: 'optimizers' must have at least one named entry"],
    [{ full: { seeds: 70_000 } }, 'more than the 65536 runs'],
  ])('%j is refused', (wrong, message) => {
    expect(() => experiment('e', { ...smallDefinition(), ...(wrong as object) })).toThrow(message);
  });

  it('at one point of a sweep only is refused', () => {
    const some = sweep({ n: [1, 2] }, ({ n }) => smallDefinition(n === 1 ? { full: { steps: 5 } } : {}));
    expect(() => experiment('e', some)).toThrow("either every point has a 'full' or none; there is none at n 2");
  });

  it('with other names from point to point is refused', () => {
    const other = sweep({ n: [1, 2] }, ({ n }) =>
      smallDefinition({ full: { parameterizations: { [`p${n}`]: linear() }, optimizers: { GD: gd({ rate: 1 }) } } }),
    );
    expect(() => experiment('e', other)).toThrow('the parameterizations must be the same at every point');
  });
});

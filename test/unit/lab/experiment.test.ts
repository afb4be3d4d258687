import { afterEach, expect, it, vi } from 'vitest';
import { takeExperiments } from '../../../extension/lab/experiment.ts';
import { type ExperimentDefinition, experiment, gd, linear, regression } from '../../../extension/lab/index.ts';

const definition: ExperimentDefinition = {
  problem: regression({ dimension: 4, train: 6 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: 3,
};

afterEach(() => {
  takeExperiments();
  vi.restoreAllMocks();
});

it('finds a name that is used twice without looking at every other experiment', () => {
  let looked = 0;
  const { some } = Array.prototype;
  vi.spyOn(Array.prototype, 'some').mockImplementation(function (this: unknown[], accepts) {
    looked += this.length;
    return some.call(this, accepts);
  });
  const names = Array.from({ length: 2000 }, (_, i) => `e${i}`);
  for (const name of names) experiment(name, definition);
  expect(looked).toBeLessThan(50 * names.length);
  expect(() => experiment('e7', definition)).toThrow("there are two experiments named 'e7'");
  expect(takeExperiments().map(({ name }) => name)).toEqual(names);
  expect(takeExperiments()).toEqual([]);
});

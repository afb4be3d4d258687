import { expect, it } from 'vitest';
import { checkNaturalSteps } from '../../fuzz/naturalSteps.ts';
import { checkPopulationSteps } from '../../fuzz/populationSteps.ts';

/** `npm run fuzz:steps` asks for 10⁴ cells. */
const systems = Number(process.env.FUZZ_STEPS ?? 150);

it('a natural gradient step is the minimum-norm solution in every space, up to condition number 1e12', () => {
  const { cells, leftOut, failures } = checkNaturalSteps(1, systems);
  console.log(`${cells} cells, ${leftOut} systems left out, ${failures.length} failures`);
  expect(failures).toEqual([]);
  expect(cells).toBeGreaterThan(2.5 * systems);
}, 3_600_000);

it('so it is with the population Fisher information on factors of any rank', () => {
  const { cells, failures } = checkPopulationSteps(1, systems);
  console.log(`${cells} cells, ${failures.length} failures`);
  expect(failures).toEqual([]);
  expect(cells).toBeGreaterThan(systems);
}, 3_600_000);

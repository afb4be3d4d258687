import { expect, it } from 'vitest';
import { claimNames } from '../../../extension/definitions/claimNames.ts';

const experiment = (claim: string, optimizers = '{ GD: gd(), "N G D": ngd() }') =>
  `experiment('a', { parameterizations: { 'w = θ': linear(), [\`b\`]: x }, optimizers: ${optimizers}, claims: { c: ({ result }) => ${claim} } })`;

const found = (claim: string) => claimNames(experiment(claim)).names.map(({ of, name }) => [of, name]);

it.each([
  [
    "result.mean('GD', 'w = θ').test.error < 1",
    [
      ['optimizer', 'GD'],
      ['parameterization', 'w = θ'],
    ],
  ],
  ["result.invariance('NGD') < 1", [['optimizer', 'NGD']]],
  [
    "result.angle('max L2 margin', 'GD', 'b') < 1",
    [
      ['direction', 'max L2 margin'],
      ['optimizer', 'GD'],
      ['parameterization', 'b'],
    ],
  ],
  ["context.result.distance('least squares')", [['point', 'least squares']]],
  ["result.residual('stationarity', gd)", [['condition', 'stationarity']]],
  ["result.angle(target, 'GD')", [['optimizer', 'GD']]],
  ["result.at({ rate: 'fast' }).mean('GD', x)", [['optimizer', 'GD']]],
  ["other.mean('GD', 'b')", []],
  ['result.mean(`GD`, `b`)', []],
])('%s', (claim, names) => {
  expect(found(claim)).toEqual(names);
});

it('knows the names that are defined, where all are written', () => {
  expect(claimNames(experiment('true')).defined).toEqual({
    optimizer: ['GD', 'N G D'],
    parameterization: ['w = θ', 'b'],
  });
  expect(claimNames(experiment('true', '{ GD: gd(), ...others }')).defined.optimizer).toBeNull();
  expect(claimNames(experiment('true', '{ [name]: gd() }')).defined.optimizer).toBeNull();
  expect(claimNames(experiment('true', 'others')).defined.optimizer).toBeNull();
});

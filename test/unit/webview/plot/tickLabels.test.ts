import { expect, it } from 'vitest';
import { linearLabels, logLabels, shareLabels } from '../../../../webview/plot/tickLabels.ts';

it('labels of a logarithmic axis are all powers, or none of them', () => {
  expect(logLabels([0.001, 0.01, 0.1, 1, 10])).toEqual(['10⁻³', '10⁻²', '10⁻¹', '10⁰', '10¹']);
  expect(logLabels([0.1, 1, 10])).toEqual(['0.1', '1', '10']);
  expect(logLabels([0.2, 0.5, 1, 2])).toEqual(['0.2', '0.5', '1', '2']);
});

it('labels of a linear axis have as many decimals as their distance needs', () => {
  expect(linearLabels([0, 0.5, 1])).toEqual(['0.0', '0.5', '1.0']);
  expect(linearLabels([-10, 0, 10])).toEqual(['−10', '0', '10']);
  expect(linearLabels([0, 0.00005, 0.0001])).toEqual(['0', '0.5·10⁻⁴', '1.0·10⁻⁴']);
  expect(linearLabels([0, 0.25, 0.5])).toEqual(['0.00', '0.25', '0.50']);
});

it('labels of shares are per cent', () => {
  expect(shareLabels([0, 0.05, 0.1])).toEqual(['0\u202f%', '5\u202f%', '10\u202f%']);
  expect(shareLabels([0, 0.005, 0.01])).toEqual(['0.0\u202f%', '0.5\u202f%', '1.0\u202f%']);
});

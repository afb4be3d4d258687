import { describe, expect, it } from 'vitest';
import { cellsOf, type Target, theoryRows } from '../../../../extension/lab/results/index.ts';
import type { Comparison, Theory } from '../../../../extension/lab/results.ts';
import { captionText, comparisonText } from '../../../../webview/tiles/theory.ts';
import { grid } from '../fixtures.ts';

const theoryTable = (cells: Parameters<typeof theoryRows>[0], theories: Theory[], results = new Map()) =>
  theoryRows(cells, theories, results);

const kkt = { name: 'max-margin KKT', meaning: 'What it means.', source: 'Somebody 2020' };

function theory(comparisons: Theory['comparisons']): Theory {
  return { point: null, seed: 1, targets: [], conditions: [kkt], curves: [], comparisons };
}

describe('the table of theory', () => {
  const all: Record<string, Comparison> = {
    'max-margin KKT': { residual: 0.001 },
    'max L2 margin': { angle: 0.2 },
    'max L1 margin': { angle: 0.1 },
  };

  it('has residuals last, with their meaning, and takes none of them for the nearest', () => {
    const { targets, rows } = theoryTable(cellsOf(grid.runs), [theory([{ run: 0, to: all }])]);
    expect(targets.map(({ name }) => name)).toEqual(['max L2 margin', 'max L1 margin', 'max-margin KKT']);
    expect(targets[2]).toMatchObject({ kind: 'residual', meaning: 'What it means.\nSomebody 2020' });
    expect(rows[0].nearest).toBe(1);
    expect(rows[0].values[2]).toMatchObject({ mean: 0.001 });
    expect(rows[1].values[2]).toBeNull();
    expect(comparisonText(rows[0].values[2], targets[2])).toBe('0.001');
  });

  it('says what its numbers are', () => {
    const of = (...names: string[]) => {
      const to = Object.fromEntries(names.map((name) => [name, all[name] ?? { distance: 1 }]));
      return captionText(
        theoryTable(cellsOf(grid.runs), [theory([{ run: 0, to }])]).targets,
        names.length > 2 ? [8] : [1],
      );
    };
    expect(of('max L2 margin')).toMatch(/^Angle between .* theory\. Bold: the nearest\. The heads/);
    expect(of('max-margin KKT')).toMatch(/^Residual at the end of the conditions .* met\. The heads/);
    expect(of('least squares', 'max-margin KKT', 'truth')).toMatch(
      /^Distance between .*; residual .*; mean ± sample standard deviation over n = 8 seeds\. Bold/,
    );
  });
});

it('writes angles in degrees, distances as they are, and what is not there as a dash', () => {
  const at = (mean: number, deviation: number, n: number) => {
    return { mean, deviation: n > 1 ? deviation : null, n, min: mean, max: mean };
  };
  const target = (kind: Target['kind']): Target => ({ name: kind, kind, meaning: '' });
  const [angle, distance] = [target('angle'), target('distance')];
  expect(comparisonText(at(Math.PI / 6, Math.PI / 180, 4), angle)).toBe('30.0° ± 1.0');
  expect(comparisonText(at(Math.PI / 6, 0, 1), angle)).toBe('30.0°');
  expect(comparisonText(at(0.5612, 0.05512, 4), distance)).toBe('0.56 ± 0.06');
  expect(comparisonText(null, angle)).toBe('–');
});

import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import type { LinearProgram } from '../../../../extension/lab/theory/linearProgram.ts';
import { solveLinear } from '../../../../extension/lab/theory/solver.ts';
import { exactVertex } from '../../../../extension/lab/theory/vertex.ts';
import { gaussianRows } from '../trained.ts';
import { flat, seeds, subsets } from './randomProblems.ts';

const free = { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY };

function program(cost: number[], rows: number[][], from: number[], to: number[], bounds = free): LinearProgram {
  return {
    cost: Float64Array.from(cost),
    matrix: flat(rows),
    rowLower: Float64Array.from(from),
    rowUpper: Float64Array.from(to),
    lower: new Float64Array(cost.length).fill(bounds.lower),
    upper: new Float64Array(cost.length).fill(bounds.upper),
  };
}

describe('linear programs', () => {
  it('have the least of all feasible vertices as their solution, to rounding', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 1, max: 3 }), async (seed, d) => {
        // Half-spaces around the origin and a box: feasible and bounded.
        const rows = gaussianRows(seed, 4, d);
        const [cost] = gaussianRows(seed + 1, 1, d);
        const outcome = await solveLinear(
          program(cost, rows, new Array(4).fill(-1), new Array(4).fill(Number.POSITIVE_INFINITY), {
            lower: -3,
            upper: 3,
          }),
        );
        const unit = (j: number, sign: number) => Array.from({ length: d }, (_, k) => (k === j ? sign : 0));
        const walls = [
          ...rows.map((normal) => ({ normal, bound: -1 })),
          ...cost.flatMap((_, j) => [1, -1].map((sign) => ({ normal: unit(j, sign), bound: -3 }))),
        ];
        const value = (normal: number[], x: ArrayLike<number>) => normal.reduce((sum, a, j) => sum + a * x[j], 0);
        let least = Number.POSITIVE_INFINITY;
        for (const chosen of subsets(walls.length, d)) {
          let vertex: number[];
          try {
            vertex = solve(
              new Matrix(chosen.map((i) => walls[i].normal)),
              Matrix.columnVector(chosen.map((i) => walls[i].bound)),
            ).to1DArray();
          } catch {
            continue; // parallel walls
          }
          if (walls.every(({ normal, bound }) => value(normal, vertex) >= bound - 1e-9))
            least = Math.min(least, value(cost, vertex));
        }
        expect(outcome).toMatchObject({ status: 'optimal', exact: true });
        if (outcome.status !== 'optimal') return;
        expect(Math.abs(outcome.objective - least)).toBeLessThan(1e-11);
        walls.forEach(({ normal, bound }) => {
          expect(value(normal, outcome.x)).toBeGreaterThan(bound - 1e-12);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('keep all digits of the numbers that they are given', async () => {
    const outcome = await solveLinear(program([1], [[3]], [1 + 2 ** -40], [Number.POSITIVE_INFINITY]));
    expect(outcome.status === 'optimal' && outcome.x[0]).toBe((1 + 2 ** -40) / 3);
  });

  it('solve a degenerate corner, where more constraints meet than there are dimensions', async () => {
    const outcome = await solveLinear(
      program(
        [1, 1],
        [
          [1, 0],
          [0, 1],
          [1, 1],
          [1, 2],
        ],
        [1, 1, 2, 3],
        new Array(4).fill(Number.POSITIVE_INFINITY),
      ),
    );
    expect(outcome).toMatchObject({ status: 'optimal', objective: 2, exact: true });
  });

  it('give multipliers that prove the minimum: ⟨bounds, multipliers⟩ is the objective', async () => {
    const rows = gaussianRows(5, 12, 4);
    const weights = gaussianRows(6, 1, 12)[0].map(Math.abs);
    const cost = [0, 1, 2, 3].map((j) => rows.reduce((sum, row, i) => sum + weights[i] * row[j], 0));
    const bounds = gaussianRows(7, 1, 12)[0];
    const outcome = await solveLinear(program(cost, rows, bounds, new Array(12).fill(Number.POSITIVE_INFINITY)));
    if (outcome.status !== 'optimal') throw new Error(outcome.status);
    const { multipliers, objective } = outcome;
    expect(Math.min(...multipliers)).toBeGreaterThanOrEqual(0);
    cost.forEach((c, j) => {
      expect(Math.abs(c - rows.reduce((sum, row, i) => sum + multipliers[i] * row[j], 0))).toBeLessThan(1e-12);
    });
    expect(Math.abs(bounds.reduce((sum, b, i) => sum + b * multipliers[i], 0) - objective)).toBeLessThan(1e-11);
  });

  it('do not depend on the units of rows, columns, bounds and costs', async () => {
    const rows = gaussianRows(8, 6, 3);
    const cost = [0, 1, 2].map((j) => rows.reduce((sum, row, i) => sum + (i + 1) * row[j], 0));
    const far = new Array(6).fill(Number.POSITIVE_INFINITY);
    const bounds = gaussianRows(9, 1, 6)[0];
    const plain = await solveLinear(program(cost, rows, bounds, far));
    const units = [1e-12, 1, 1e9];
    const other = await solveLinear(
      program(
        units.map((unit, j) => 1e-15 * cost[j] * unit),
        rows.map((row, i) => row.map((value, j) => value * units[j] * 10 ** i)),
        bounds.map((bound, i) => 1e-7 * bound * 10 ** i),
        far,
      ),
    );
    if (plain.status !== 'optimal' || other.status !== 'optimal') throw new Error('both have a solution');
    expect(other.exact).toBe(true);
    plain.x.forEach((value, j) => {
      expect((1e7 * other.x[j] * units[j]) / value).toBeCloseTo(1, 10);
    });
    plain.multipliers.forEach((value, i) => {
      expect(Math.abs(1e15 * other.multipliers[i] * 10 ** i - value)).toBeLessThan(1e-10);
    });
  });

  it('take a vertex only with the proof that it is the best one', () => {
    // min x + y over x, y ≥ 1, x + y ≥ 3: the basis at (1, 1) is infeasible, the one at (1, 2) optimal.
    const corner = program(
      [1, 1],
      [
        [1, 0],
        [0, 1],
        [1, 1],
      ],
      [1, 1, 3],
      new Array(3).fill(Number.POSITIVE_INFINITY),
    );
    const at = (...rowStatus: number[]) =>
      exactVertex(corner, { colStatus: Int32Array.of(1, 1), rowStatus: Int32Array.from(rowStatus) });
    expect(at(0, 0, 1)).toBeNull();
    expect(at(0, 1, 0)?.x).toEqual(Float64Array.of(1, 2));
    const steeper = { ...corner, cost: Float64Array.of(1, 2) };
    expect(exactVertex(steeper, { colStatus: Int32Array.of(1, 1), rowStatus: Int32Array.of(0, 1, 0) })).toBeNull();
    // Twice the same row active: a singular system.
    const flat = { ...corner, matrix: Float64Array.of(1, 0, 1, 0, 1, 1) };
    expect(exactVertex(flat, { colStatus: Int32Array.of(1, 1), rowStatus: Int32Array.of(0, 0, 1) })).toBeNull();
  });

  it('say when there is no feasible point, and when there is no minimum', async () => {
    const far = Number.POSITIVE_INFINITY;
    expect(await solveLinear(program([1], [[1], [-1]], [1, 1], [far, far]))).toEqual({ status: 'infeasible' });
    expect(await solveLinear(program([-1], [[1]], [1], [far]))).toEqual({ status: 'unbounded' });
  });
});

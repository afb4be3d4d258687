/** The axes of a sweep, and which of them are drawn where. */
import { pointKey } from '../../extension/lab/results/index.ts';
import type { SweepPoint } from '../../extension/lab/results.ts';
import { number } from '../format.ts';

export type AxisValue = SweepPoint[string];

/** One axis, with its values in the order of the definition. */
export interface SweepAxis {
  name: string;
  values: AxisValue[];
  /** Numbers that grow by factors rather than by steps are drawn on a logarithmic axis. */
  isGeometric: boolean;
}

/** The axes that have more than one value. */
export function axesOf(points: readonly SweepPoint[]): SweepAxis[] {
  const names = Object.keys(points[0] ?? {});
  return names
    .map((name) => {
      const values = [...new Set(points.flatMap((point) => point[name] ?? []))];
      return { name, values, isGeometric: isGeometric(values) };
    })
    .filter(({ values }) => values.length > 1);
}

/** Whether positive numbers are spaced more evenly in their logarithm than as they are. */
export function isGeometric(values: readonly AxisValue[]): boolean {
  const numbers = values.filter((value): value is number => typeof value === 'number').sort((a, b) => a - b);
  if (numbers.length < 3 || numbers.length < values.length || !(numbers[0]! > 0)) return false;
  return unevenness(numbers.map(Math.log)) < unevenness(numbers);
}

/** The ratio of the largest to the smallest step. */
function unevenness(sorted: readonly number[]): number {
  const steps = sorted.slice(1).map((value, i) => value - sorted[i]!);
  return Math.max(...steps) / Math.min(...steps);
}

/** Where the axes are drawn: across, up, in rows of pictures; the others have one value at a time. */
export interface Placement {
  across: SweepAxis;
  up: SweepAxis | null;
  rows: SweepAxis | null;
  others: SweepAxis[];
}

/** @param wanted names of axes in the order across, up, rows; unknown ones are ignored, missing ones follow */
export function placementOf(axes: readonly SweepAxis[], wanted: readonly string[]): Placement | null {
  const named = wanted.flatMap((name) => axes.find((axis) => axis.name === name) ?? []);
  const [across, up = null, rows = null, ...others] = [...new Set([...named, ...axes])];
  return across ? { across, up, rows, others } : null;
}

/** Finds points by the values of their axes. */
export class Points {
  private readonly index: ReadonlyMap<string, number>;

  constructor(private readonly points: readonly SweepPoint[]) {
    this.index = new Map(points.map((point, i) => [pointKey(point), i]));
  }

  /** The position of the point that differs from another one in some axes; null if there is none. */
  from(position: number, changes: Record<string, AxisValue | undefined>): number | null {
    const point: SweepPoint = { ...this.points[position] };
    for (const [name, value] of Object.entries(changes)) if (value !== undefined) point[name] = value;
    return this.index.get(pointKey(point)) ?? null;
  }

  at(position: number): SweepPoint {
    return this.points[position] ?? {};
  }
}

/** A value of an axis as it is written. */
export const valueText = (value: AxisValue | undefined): string =>
  typeof value === 'number' ? number(value) : String(value ?? '');

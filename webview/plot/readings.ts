import type { LineMark, Mark } from './marks.ts';

/** What a line says at a place of the horizontal axis. */
export interface ReadValue {
  name: string;
  text: string;
  value: number;
  line: LineMark;
}

/** The values of all lines at a place, from the top of the picture down; lines that do not reach it are left out. */
export function readingsAt(marks: readonly Mark[], x: number, isLogX = false): ReadValue[] {
  return marks
    .flatMap((mark) => {
      if (mark.kind !== 'line' || !mark.reading) return [];
      const value = valueAt(mark.x, mark.y, x, isLogX);
      if (!Number.isFinite(value)) return [];
      const { name, text, low, high } = mark.reading;
      const band =
        low && high ? ` (${text(valueAt(mark.x, low, x, isLogX))} – ${text(valueAt(mark.x, high, x, isLogX))})` : '';
      return [{ name, text: `${text(value)}${band}`, value, line: mark }];
    })
    .sort((a, b) => b.value - a.value);
}

/** Interpolates as the line is drawn: straight in the coordinate that the axis shows. NaN outside of the curve. */
export function valueAt(x: ArrayLike<number>, y: ArrayLike<number>, at: number, isLogX = false): number {
  const last = x.length - 1;
  if (last < 0 || at < x[0]! || at > x[last]!) return Number.NaN;
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= at) low = middle;
    else high = middle;
  }
  if (x[high]! === at) return y[high]!;
  if (x[low]! === at || high === low) return y[low]!;
  const place = (value: number) => (isLogX ? Math.log(value) : value);
  const share = (place(at) - place(x[low]!)) / (place(x[high]!) - place(x[low]!));
  return y[low]! + share * (y[high]! - y[low]!);
}

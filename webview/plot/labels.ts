/** Places texts beside points so that they cover neither each other nor the lines. */
import type { Occupied } from './occupied.ts';

/** A rectangle in pixels. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A text beside a point, in pixels. */
export interface Anchored {
  text: string;
  x: number;
  y: number;
  /** Whether it is shown even if it covers something. */
  isNeeded?: boolean;
}

/** A placed text: its left edge and its middle, and what it is. */
export interface Placed<Label extends Anchored> {
  label: Label;
  left: number;
  middle: number;
  width: number;
}

/** Texts that would cover more than this are left out: about a quarter of a word. */
const MOST_COVERED = 22;

/** Pixels between a point and its text. */
const GAP = 9;

/** Where a text may stand relative to its point: how far its middle is to the side and below, in the order tried. */
const directions = [
  [1, 0],
  [-1, 0],
  [0, -1],
  [0, 1],
  [1, -1],
  [1, 1],
  [-1, -1],
  [-1, 1],
] as const;

/**
 * Chooses a place for each text, within the area. Texts that find no free place stand where they cover least, or are left
 * out if they are not needed.
 * @param obstacles places that texts should leave free, too
 */
export function placeLabels<Label extends Anchored>(
  labels: readonly Label[],
  widthOf: (label: Label) => number,
  area: Area,
  lineHeight: number,
  obstacles: Occupied | null = null,
): Placed<Label>[] {
  const placed: Placed<Label>[] = [];
  for (const label of [...labels].sort(
    (a, b) => Number(b.isNeeded ?? false) - Number(a.isNeeded ?? false) || a.y - b.y || a.x - b.x,
  )) {
    const width = widthOf(label);
    const height = lineHeight;
    let best: (Placed<Label> & { cost: number }) | null = null;
    // Further away a text no longer belongs to its point: only what is needed goes there.
    for (const ring of label.isNeeded ? [1, 2.2, 3.4] : [1]) {
      for (const [right, down] of directions) {
        const left = label.x + (right === 0 ? -width / 2 : right > 0 ? GAP * ring : -GAP * ring - width);
        const middle = label.y + down * (height / 2 + (right === 0 ? GAP - 2 : 3)) * ring;
        const box = {
          left: Math.max(area.left, Math.min(left, area.right - width)),
          middle: Math.max(area.top + height / 2, Math.min(middle, area.bottom - height / 2)),
        };
        const moved = Math.abs(box.left - left) + Math.abs(box.middle - middle);
        const cost = costOf(box.left, box.middle, width, height, placed, obstacles) + moved / 2 + 4 * (ring - 1);
        if (!best || cost < best.cost - 1e-9) best = { label, ...box, width, cost };
      }
      if (best && best.cost < 1) break;
    }
    if (best && (best.cost < MOST_COVERED || label.isNeeded)) placed.push(best);
  }
  return placed;
}

function costOf(
  left: number,
  middle: number,
  width: number,
  height: number,
  placed: readonly { left: number; middle: number; width: number }[],
  obstacles: Occupied | null,
): number {
  let cost = 0;
  for (const one of placed) {
    const across = Math.min(left + width, one.left + one.width) - Math.max(left, one.left);
    const down = height - Math.abs(middle - one.middle);
    if (across > 0 && down > 0) cost += 40 + across * 2;
  }
  return cost + 2 * (obstacles?.in(left, middle - height / 2 + 2, left + width, middle + height / 2 - 2) ?? 0);
}

/** Texts that stand within a few pixels of each other become one: `NGD ×3`. */
export function mergeLabels<Label extends Anchored & { isCounted?: boolean; colour: string }>(
  labels: readonly Label[],
  shared: string,
  reach = 14,
): Label[] {
  const groups: { label: Label; count: number; isMixed: boolean }[] = [];
  for (const label of labels) {
    const near = groups.find(
      ({ label: one }) =>
        label.isCounted &&
        one.isCounted &&
        one.text === label.text &&
        Math.hypot(one.x - label.x, one.y - label.y) < reach,
    );
    if (near) {
      near.count++;
      near.isMixed ||= near.label.colour !== label.colour;
    } else groups.push({ label, count: 1, isMixed: false });
  }
  return groups.map(({ label, count, isMixed }) =>
    count === 1 ? label : { ...label, text: `${label.text} ×${count}`, colour: isMixed ? shared : label.colour },
  );
}

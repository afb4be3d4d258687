import { describe, expect, it } from 'vitest';
import { mergeLabels, placeLabels } from '../../../../webview/plot/labels.ts';
import { Occupied } from '../../../../webview/plot/occupied.ts';

const area = { left: 0, right: 200, top: 0, bottom: 100 };
const widthOf = ({ text }: { text: string }) => text.length * 8;

describe('labels', () => {
  it('are kept apart and inside', () => {
    const labels = [
      { text: 'aaaa', x: 50, y: 50 },
      { text: 'bbbb', x: 52, y: 51 },
      { text: 'cccc', x: 195, y: 20 },
    ];
    const placed = placeLabels(labels, widthOf, area, 14);
    const [a, b, c] = labels.map((label) => placed.find((one) => one.label === label)!);
    const overlap = Math.abs(a.middle - b.middle) < 14 && Math.abs(a.left - b.left) < 32;
    expect(overlap).toBe(false);
    expect(c.left + c.width).toBeLessThanOrEqual(195);
  });

  it('stand where no line strikes them through', () => {
    const occupied = new Occupied(220, 120);
    occupied.addLine(40, 50, 200, 50);
    const [placed] = placeLabels([{ text: 'on a line', x: 60, y: 50 }], widthOf, area, 14, occupied);
    expect(Math.abs(placed.middle - 50)).toBeGreaterThanOrEqual(7);
  });

  it('are left out where they would cover too much, unless they are needed', () => {
    const occupied = new Occupied(220, 120);
    for (let y = 0; y < 110; y += 4) occupied.addLine(0, y, 210, y);
    const label = { text: 'nowhere', x: 60, y: 50 };
    expect(placeLabels([label], widthOf, area, 14, occupied)).toEqual([]);
    expect(placeLabels([{ ...label, isNeeded: true }], widthOf, area, 14, occupied)).toHaveLength(1);
  });

  it('of the same text at the same place are counted', () => {
    const label = (x: number, colour: string, text = 'NGD') => ({ text, x, y: 10, colour, isCounted: true });
    const merged = mergeLabels(
      [label(10, 'blue'), label(12, 'red'), label(15, 'blue'), label(90, 'red'), label(11, 'red', 'GD')],
      'black',
    );
    expect(merged.map(({ text, colour }) => `${text} ${colour}`)).toEqual(['NGD ×3 black', 'NGD red', 'GD red']);
  });
});

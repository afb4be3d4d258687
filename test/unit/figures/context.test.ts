import { describe, expect, it } from 'vitest';
import { asCanvasContext, RecordingContext } from '../../../extension/figures/context.ts';
import { Fonts } from '../../../extension/figures/fonts.ts';
import type { Drawn, Path } from '../../../extension/figures/recording.ts';
import { resources } from './resources.ts';

const fonts = new Fonts(resources.fonts);

function recorded(draw: (context: CanvasRenderingContext2D) => void): Drawn[] {
  const context = new RecordingContext(fonts, { width: 100, height: 100 });
  draw(asCanvasContext(context, {}));
  return [...context.recording.drawn];
}

const ends = (path: Path) => path.flatMap((segment) => (segment.op === 'Z' ? [] : [[segment.x, segment.y]]));
const pathOf = (one: Drawn | undefined) => (one && one.kind !== 'text' ? one.path : []);

describe('a recording context', () => {
  it('keeps lines with their look at the time when they were drawn', () => {
    const [first, second] = recorded((context) => {
      context.strokeStyle = '#ff0000';
      context.lineWidth = 2;
      context.setLineDash([3, 4]);
      context.lineDashOffset = -1;
      context.beginPath();
      context.moveTo(1, 2);
      context.lineTo(3, 4);
      context.stroke();
      context.setLineDash([]);
      context.globalAlpha = 0.5;
      context.strokeStyle = 'rgba(0, 0, 255, 0.5)';
      context.stroke();
    });
    expect(first).toMatchObject({
      stroke: { colour: { red: 255, opacity: 1 }, width: 2, dash: [3, 4], dashOffset: -1 },
    });
    expect(second).toMatchObject({ stroke: { colour: { blue: 255, opacity: 0.25 }, dash: [] } });
    expect(ends(pathOf(first))).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('maps what is drawn, and forgets it with restore', () => {
    const [turned, plain] = recorded((context) => {
      context.save();
      context.translate(10, 20);
      context.rotate(Math.PI / 2);
      context.scale(2, 2);
      context.fillRect(1, 0, 1, 1);
      context.restore();
      context.fillRect(1, 0, 1, 1);
    });
    const rounded = ends(pathOf(turned)).map((place) => place.map((value) => Math.round(value * 1e9) / 1e9));
    expect(rounded).toEqual([
      [10, 22],
      [10, 24],
      [8, 24],
      [8, 22],
    ]);
    expect(ends(pathOf(plain))[0]).toEqual([1, 0]);
  });

  it.each([
    [0, 2 * Math.PI, false],
    [0.3, 2, false],
    [2, 0.3, false],
    [0.3, 2, true],
    [0, 7, false],
    [Math.PI, -Math.PI, true],
  ])('draws the arc from %f to %f that a canvas draws', (from, to, counterclockwise) => {
    const [arc] = recorded((context) => {
      context.beginPath();
      context.arc(50, 50, 40, from, to, counterclockwise);
      context.stroke();
    });
    const path = pathOf(arc);
    const places = pointsOn(path);
    for (const [x, y] of places) expect(Math.hypot(x - 50, y - 50)).toBeCloseTo(40, 1);
    const [first, last] = [places[0]!, places.at(-1)!];
    expect(Math.atan2(first[1] - 50, first[0] - 50)).toBeCloseTo(Math.atan2(Math.sin(from), Math.cos(from)), 6);
    const length = places
      .slice(1)
      .reduce((sum, [x, y], i) => sum + Math.hypot(x - places[i]![0], y - places[i]![1]), 0);
    const ahead = counterclockwise ? from - to : to - from;
    const turn = 2 * Math.PI;
    expect(length / 40).toBeCloseTo(ahead >= turn ? turn : ((ahead % turn) + turn) % turn, 2);
    if (ahead < turn) expect(last[0]).toBeCloseTo(50 + 40 * Math.cos(to), 6);
  });

  it('nests areas', () => {
    const [inner, outer] = recorded((context) => {
      context.beginPath();
      context.rect(0, 0, 50, 50);
      context.clip();
      context.save();
      context.beginPath();
      context.rect(10, 10, 5, 5);
      context.clip();
      context.fillRect(0, 0, 1, 1);
      context.restore();
      context.fillRect(0, 0, 1, 1);
    });
    expect(inner?.clip?.within).toBe(outer?.clip);
    expect(outer?.clip?.within).toBeNull();
    expect(ends(inner!.clip!.path)[0]).toEqual([10, 10]);
  });

  it('places texts', () => {
    const [one] = recorded((context) => {
      context.font = 'bold 20px sans-serif';
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.translate(0, 100);
      context.rotate(-Math.PI / 2);
      context.fillText('θ', 30, 40);
    });
    // Half of ascent − descent of DejaVu Sans Bold, (1901 − 483) / 2048 / 2 of the size, below the middle.
    const shift = (20 * (1901 - 483)) / 2048 / 2;
    expect(one).toMatchObject({ text: 'θ', anchor: 'middle', angle: -90, font: { size: 20, isBold: true } });
    expect(one).toMatchObject({ x: expect.closeTo(40 + shift, 6), y: expect.closeTo(70, 6) });
  });

  it('refuses what it does not know, so that nothing is lost in silence', () => {
    expect(() => recorded((context) => context.ellipse(0, 0, 1, 1, 0, 0, 1))).toThrow('ellipse');
    expect(() => recorded((context) => Object.assign(context, { filter: 'blur(2px)' }))).toThrow('filter');
    expect(() => recorded((context) => context.roundRect(0, 0, 1, 1, 1))).toThrow('roundRect');
    const gradient = {} as CanvasGradient;
    expect(() =>
      recorded((context) => {
        context.fillStyle = gradient;
        context.fillRect(0, 0, 1, 1);
      }),
    ).toThrow('gradients');
  });
});

/** Places along a path, close to each other. */
function pointsOn(path: Path): [number, number][] {
  const places: [number, number][] = [];
  for (const segment of path) {
    if (segment.op === 'Z') continue;
    const last = places.at(-1);
    if (segment.op !== 'C' || !last) {
      places.push([segment.x, segment.y]);
      continue;
    }
    for (let k = 1; k <= 50; k++) {
      const t = k / 50;
      const weights = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
      const at = (values: number[]) => values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
      places.push([at([last[0], segment.x1, segment.x2, segment.x]), at([last[1], segment.y1, segment.y2, segment.y])]);
    }
  }
  return places;
}

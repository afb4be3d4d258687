import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { OptimizerSummary } from '../../../extension/report/grid.ts';
import { divergingColour } from '../../../webview/charts/diverging.ts';
import { cellStyles, optimizerDashes, parameterizationColours, translucent } from '../../../webview/palette.ts';

type Vector = [number, number, number];

const linear = (hex: string): Vector =>
  [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as Vector;
const luminance = ([red, green, blue]: Vector) => 0.2126 * red + 0.7152 * green + 0.0722 * blue;
const contrast = (a: string, b: string) => {
  const [dark, bright] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y);
  return (bright + 0.05) / (dark + 0.05);
};
const times = (matrix: number[][], vector: Vector) =>
  matrix.map((row) => row.reduce((sum, entry, i) => sum + entry * vector[i], 0)) as Vector;

/** How a reader without red or green receptors sees linear RGB (Machado, Oliveira and Fernandes 2009). */
const vision: Record<string, number[][]> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'without green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'without red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
};
const toXyz = [
  [0.4124564, 0.3575761, 0.1804375],
  [0.2126729, 0.7151522, 0.072175],
  [0.0193339, 0.119192, 0.9503041],
];
function lab(rgb: Vector): Vector {
  const white = [0.95047, 1, 1.08883];
  const [x, y, z] = times(toXyz, rgb).map((value, i) => {
    const share = value / white[i];
    return share > 0.008856 ? Math.cbrt(share) : 7.787 * share + 16 / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
function nearest(colours: readonly string[], seen: number[][]): number {
  const points = colours.map((colour) =>
    lab(times(seen, linear(colour)).map((v) => Math.min(1, Math.max(0, v))) as Vector),
  );
  return Math.min(
    ...points.flatMap((a, i) => points.slice(0, i).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]))),
  );
}

const surfaces = { light: ['#ffffff', '#f3f3f3'], dark: ['#1e1e1e', '#1f1f1f', '#252526', '#000000'] } as const;

describe.each(['light', 'dark'] as const)('colours on %s', (background) => {
  const colours = parameterizationColours(background);

  it('have a contrast of 3:1 on the backgrounds of the default themes', () => {
    for (const colour of colours) {
      for (const surface of surfaces[background])
        expect(contrast(colour, surface), `${colour} on ${surface}`).toBeGreaterThan(3);
    }
  });

  it.each(Object.entries(vision))('stay apart for readers with vision %s', (_, seen) => {
    expect(nearest(colours.slice(0, 4), seen)).toBeGreaterThan(25);
    expect(nearest(colours, seen)).toBeGreaterThan(15);
  });
});

describe('the colours that a theme may replace', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    contributes: { colors: { id: string; defaults: Record<string, string> }[] };
  };

  it('begin as those of the panel, so that the editor shows a parameterization in the same colour', () => {
    for (const [index, light] of parameterizationColours('light').entries()) {
      const dark = parameterizationColours('dark')[index];
      const contributed = contributes.colors.find((colour) => colour.id === `depthLab.parameterization${index + 1}`);
      expect(contributed?.defaults).toEqual({ light, dark, highContrast: dark, highContrastLight: light });
    }
  });
});

describe('styles', () => {
  const optimizers: OptimizerSummary[] = [
    { name: 'plain', family: 'gradient', description: '' },
    { name: 'natural', family: 'natural gradient', description: '' },
    { name: 'Adam', family: 'other', description: '' },
    { name: 'flow', family: 'gradient', description: '' },
  ];
  const palette = parameterizationColours('dark');

  it('draw gradient descent solid, natural gradient dashed, and no two optimizers alike', () => {
    const dashes = optimizerDashes(optimizers);
    expect(dashes.get('plain')).toEqual([]);
    expect(dashes.get('natural')![0]).toBeGreaterThan(8);
    expect(new Set([...dashes.values()].map(String)).size).toBe(4);
  });

  it('draw a lone natural gradient with its dashes all the same', () => {
    expect(optimizerDashes([optimizers[1]]).get('natural')).toEqual(optimizerDashes(optimizers).get('natural'));
  });

  it('do not change with what else is visible, and differ by parameterization', () => {
    const style = cellStyles({ parameterizations: ['a', 'b', 'c'], optimizers }, palette);
    expect(style('a', 'plain').colour).toBe(palette[0]);
    expect(style('b', 'natural').colour).toBe(style('b', 'plain').colour);
    expect(style('a', 'natural').marker).not.toBe(style('b', 'natural').marker);
    expect(new Set(['a', 'b', 'c'].map((name) => style(name, 'natural').dashOffset)).size).toBe(3);
  });

  it.each([2, 3, 5])('show every colour of %i dashed lines that lie on each other', (total) => {
    const names = Array.from({ length: total }, (_, i) => `p${i}`);
    const style = cellStyles({ parameterizations: names, optimizers }, palette);
    const { dash } = style('p0', 'natural');
    const period = dash[0] + dash[1];
    const inDash = (at: number, offset: number) => (((at + offset) % period) + period) % period < dash[0];
    const visible = new Map<number, number>();
    for (let at = 0; at < period; at += 0.1) {
      const top = names.findIndex((name) => inDash(at, style(name, 'natural').dashOffset));
      visible.set(top, (visible.get(top) ?? 0) + 0.1);
    }
    for (let i = 0; i < total; i++) expect(visible.get(i)).toBeGreaterThan(1);
  });

  it('go round when there are more parameterizations than colours', () => {
    const names = Array.from({ length: 10 }, (_, i) => `p${i}`);
    const style = cellStyles({ parameterizations: names, optimizers }, palette);
    expect(style('p8', 'plain').colour).toBe(palette[0]);
    expect(style('p8', 'plain').marker).not.toBe(style('p0', 'plain').marker);
  });

  it('become translucent in every notation that a theme may use', () => {
    expect(translucent('#0A76DC', 0.5)).toBe('rgba(10, 118, 220, 0.5)');
    expect(translucent('#fff', 0.5)).toBe('rgba(255, 255, 255, 0.5)');
    expect(translucent('#0A76DCff', 0.5)).toBe('rgba(10, 118, 220, 0.5)');
    expect(translucent('rgba(1, 2, 3, 0.9)', 0.5)).toBe('rgba(1, 2, 3, 0.5)');
  });
});

describe('the diverging scale', () => {
  it('is blue below zero, orange above, and ends at its ends', () => {
    for (const background of ['light', 'dark'] as const) {
      const [red, , blue] = divergingColour(-0.5, background);
      expect(blue).toBeGreaterThan(red);
      const above = divergingColour(0.5, background);
      expect(above[0]).toBeGreaterThan(above[2]);
      expect(divergingColour(9, background)).toEqual(divergingColour(1, background));
      expect(divergingColour(-9, background)).toEqual(divergingColour(-1, background));
    }
  });
});

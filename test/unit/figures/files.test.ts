import { crc32, inflateSync } from 'node:zlib';
import { create } from 'fontkit';
import { describe, expect, it } from 'vitest';
import type { ExportedExperiment } from '../../../extension/export/exported.ts';
import { type FigureFormat, type FigureOptions, figureFiles } from '../../../extension/figures/files.ts';
import { noResults } from '../../../extension/report/events.ts';
import { type FigureName, figureNames } from '../../../extension/report/exportRequest.ts';
import { batch, grid, result } from '../webview/fixtures.ts';
import { resources } from './resources.ts';

/** All eight runs of the grid, each with a curve of its own; one of them has diverged. */
const experiment: ExportedExperiment = {
  file: 'small & <nice>.lab.ts',
  grid: { ...grid, experiment: 'Small: θ, ∇ & <λ>' },
  results: {
    ...noResults,
    runs: grid.runs.map(({ id }) => result(id, 0.1 + id / 20, 0.2 + id / 20)),
    samples: grid.runs.map(({ id }) => batch(id, [0, 10, 50, 100], [1, 0.5, 0.2 + id / 100, 0.1 + id / 100])),
    theory: [
      {
        ...{ point: null, seed: 1, targets: [], conditions: [], comparisons: [] },
        curves: [
          {
            ...{ run: 0, name: 'natural gradient flow' },
            step: Float64Array.of(1, 10, 100),
            time: Float64Array.of(0.1, 1, 10),
            trainLoss: Float64Array.of(1, 0.5, 0.1),
          },
        ],
      },
    ],
  },
  details: new Map(grid.runs.map(({ id }) => [id, { key: `key${id}`, parameters: null }])),
};

const options: FigureOptions = {
  ...{
    format: 'svg',
    only: figureNames,
    centimetres: 8.5,
    points: 8,
    resolution: 300,
    version: '1.2.3',
    date: Date.UTC(2026, 0, 1),
  },
};

async function figure(kind: FigureName, format: FigureFormat, more: Partial<FigureOptions> = {}) {
  const files = await figureFiles([experiment], { ...options, only: [kind], format, ...more }, resources);
  const file = files.find(({ name }) => name.endsWith(`${kind}.${format}`));
  return { ...file!, text: new TextDecoder('latin1').decode(file!.bytes), utf8: new TextDecoder().decode(file!.bytes) };
}

/** The attributes of each element of a name. */
function elements(svg: string, name: string): Record<string, string>[] {
  return [...svg.matchAll(new RegExp(`<${name} ([^>]*?)/?>`, 'g'))].map(([, attributes]) =>
    Object.fromEntries([...attributes!.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!])),
  );
}

describe('figures as SVG', () => {
  it('have every curve as a path, with the dashes of its optimizer', async () => {
    const { utf8 } = await figure('loss', 'svg');
    const lines = elements(utf8, 'path').filter(
      ({ fill, d }) => fill === 'none' && (d?.match(/[LC]/g)?.length ?? 0) >= 2 && !d?.includes('Z'),
    );
    const colours = ['#0a76dc', '#ba5f00'];
    const curves = lines.filter(({ stroke }) => colours.includes(stroke!));
    // Two parameterizations and two optimizers, train and test.
    expect(curves).toHaveLength(8);
    for (const colour of colours) {
      const own = curves.filter(({ stroke }) => stroke === colour);
      expect(own.filter((line) => line['stroke-dasharray'] === '11 7')).toHaveLength(2);
      expect(own.filter((line) => line['stroke-dasharray'] === undefined)).toHaveLength(2);
    }
    // The band of each curve, over its two seeds.
    const bands = elements(utf8, 'path').filter((one) => one['fill-opacity'] && Number(one['fill-opacity']) < 0.3);
    expect(bands).toHaveLength(8);
    // What theory predicts, dotted.
    expect(lines.filter(({ stroke }) => stroke === '#000000').length).toBeGreaterThan(0);
  });

  it('have the size that is asked for, and letters of the size that is asked for', async () => {
    const wide = await figure('loss', 'svg', { centimetres: 17, points: 10 });
    expect(wide.utf8).toMatch(/^<svg [^>]*width="17cm"/);
    const width = Number(/viewBox="0 0 ([\d.]+)/.exec(wide.utf8)![1]);
    const sizes = elements(wide.utf8, 'text').map((one) => (Number(one['font-size']) * 17 * 72) / 2.54 / width);
    expect(sizes.length).toBeGreaterThan(10);
    for (const size of sizes) expect(size).toBeCloseTo(10, 4);
  });

  it('have texts as texts, in a font with their letters', async () => {
    const { utf8 } = await figure('loss', 'svg');
    const texts = [...utf8.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    expect(texts).toEqual(expect.arrayContaining(['linear', 'square', 'GD', 'NGD', 'train', 'test', 'loss', 'step']));
    const [, data] = /base64,([^)]*)\)/.exec(utf8)!;
    const bytes = Buffer.from(data!, 'base64');
    expect(bytes.length).toBeLessThan(20_000);
    const font = create(bytes);
    if (!('hasGlyphForCodePoint' in font)) throw new Error('no font');
    for (const letter of texts.join('')) expect(font.hasGlyphForCodePoint(letter.codePointAt(0)!)).toBe(true);
    expect(font.hasGlyphForCodePoint('Q'.codePointAt(0)!)).toBe(false);
  });

  it('say where they come from', async () => {
    const { utf8, caption } = await figure('loss', 'svg');
    expect(utf8).toContain('<title id="title">Loss during training: Small: θ, ∇ &amp; &lt;λ&gt;</title>');
    expect(utf8).toContain('Depth Lab 1.2.3, from small &amp; &lt;nice&gt;.lab.ts.');
    expect([...utf8.matchAll(/<dc:identifier>(key\d)<\/dc:identifier>/g)].map(([, key]) => key)).toEqual(
      grid.runs.map(({ id }) => `key${id}`),
    );
    expect(caption).toContain('mean over 2 seeds');
  });

  it('are the same for the same results', async () => {
    for (const format of ['svg', 'pdf', 'png'] as const) {
      const [first, second] = [await figure('loss', format), await figure('loss', format)];
      expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
    }
  });
});

describe('figures as PDF', () => {
  it('have every curve with its dashes, on a page of the size that is asked for, with the letters embedded', async () => {
    const { text } = await figure('loss', 'pdf');
    expect(text.slice(0, 5)).toBe('%PDF-');
    const [, width] = /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/.exec(text)!;
    expect(Number(width)).toBeCloseTo((8.5 * 72) / 2.54, 2);
    const content = contentOf(text);
    // Four curves and the example in the legend.
    expect(content.match(/^\[11 7\] [\d.]+ d$/gm)).toHaveLength(5);
    expect(text).toContain('/FontFile2');
    expect(text).not.toContain('/Helvetica');
    expect(text).toContain('key0 key1 key2');
  });
});

describe('figures as PNG', () => {
  it('have the resolution that is asked for', async () => {
    const { bytes } = await figure('loss', 'png', { resolution: 127 });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect(view.getUint32(0)).toBe(0x89504e47);
    expect(view.getUint32(16)).toBe(425);
    expect(bytes.length).toBeGreaterThan(5000);
  });

  it('say where they come from', async () => {
    const texts = textsOf((await figure('loss', 'png')).bytes);
    expect(texts.get('Title')).toBe('Loss during training: Small: θ, ∇ & <λ>');
    expect(texts.get('Description')).toContain('Depth Lab 1.2.3, from small & <nice>.lab.ts.');
    expect(texts.get('Software')).toBe('Depth Lab 1.2.3');
    expect(texts.get('Runs')).toBe(grid.runs.map(({ id }) => `key${id}`).join(' '));
  });
});

describe('the figures of an experiment', () => {
  it('are named after it, and those without anything to draw are left out', async () => {
    const names = (await figureFiles([experiment, experiment], options, resources)).map(({ name }) => name);
    expect(names).toEqual([
      'Small-θ-λ-panel.svg',
      'Small-θ-λ-loss.svg',
      'Small-θ-λ-error.svg',
      'Small-θ-λ-generalization.svg',
      'Small-θ-λ-panel-2.svg',
      'Small-θ-λ-loss-2.svg',
      'Small-θ-λ-error-2.svg',
      'Small-θ-λ-generalization-2.svg',
    ]);
  });

  it('are those that are asked for, of the point that is asked for', async () => {
    const points = [{ scale: 0.1 }, { scale: 1 }];
    const runs = grid.runs.map((run, i) => ({ ...run, point: points[i % 2]! }));
    const swept = { ...experiment, grid: { ...experiment.grid, points, runs } };
    const asked = { only: ['error' as const, 'generalization' as const], preferences: { point: 1 } };
    const files = await figureFiles([swept], { ...options, ...asked }, resources);
    expect(files.map(({ name }) => name)).toEqual([
      'Small-θ-λ-scale-1-error.svg',
      'Small-θ-λ-scale-1-generalization.svg',
    ]);
  });

  it('have a page with all pictures, side by side where there is room', async () => {
    for (const [centimetres, columns] of [
      [8.5, 1],
      [17.5, 2],
    ] as const) {
      const { utf8 } = await figure('panel', 'svg', { centimetres });
      const titles = ['Train and test error', 'Loss during training'].map((title) => {
        const found = elements(utf8, 'text').find(
          (_, i) => [...utf8.matchAll(/<text [^>]*>([^<]*)</g)][i]![1] === title,
        );
        return Number(found!.x);
      });
      expect(new Set(titles).size).toBe(columns);
    }
    // Two kinds of curves are one picture too many: the quantity on view is drawn.
    const { utf8 } = await figure('panel', 'svg', { preferences: { quantity: 'error' } });
    expect(utf8).toContain('>Error during training<');
    expect(utf8).not.toContain('>Loss during training<');
  });

  it('show predictors, with the truth, and how their norms change', async () => {
    const values = (id: number) => Float64Array.of(3 + id / 10, 4);
    const snapshots = (id: number) => ({
      ...{ step: Float64Array.of(0, 100), time: Float64Array.of(0, 10) },
      ...{ outputs: new Float32Array(8), predictors: Float32Array.of(0.1, 0.1, ...values(id)) },
    });
    const known: ExportedExperiment = {
      ...experiment,
      results: {
        ...experiment.results,
        runs: experiment.results.runs.map((run) => ({ ...run, predictor: values(run.id) })),
        samples: experiment.results.samples.map((one) => ({ ...one, predictor: null, snapshots: snapshots(one.run) })),
      },
    };
    const files = await figureFiles([known], { ...options, only: ['predictor', 'norms', 'spectrum'] }, resources);
    expect(files.map(({ name }) => name)).toEqual(['Small-θ-λ-predictor.svg', 'Small-θ-λ-norms.svg']);
    const [predictors, norms] = files.map(({ bytes }) => new TextDecoder().decode(bytes));
    expect(predictors!.match(/>cosine 1\.00</g)).toHaveLength(4);
    // Four cells with two coefficients each.
    const bars = elements(predictors!, 'path').filter(({ fill }) => fill === '#0a76dc' || fill === '#ba5f00');
    expect(bars).toHaveLength(8);
    const mean = elements(norms!, 'path').filter(({ fill, d }) => fill === 'none' && /^M[^MZ]*L[^MZL]*$/.test(d!));
    expect(mean.length).toBeGreaterThanOrEqual(4);
  });

  it('are drawn at each point of a sweep', async () => {
    const points = [{ scale: 0.1 }, { scale: 1 }];
    const runs = grid.runs.map((run, i) => ({ ...run, point: points[i % 2]! }));
    const swept = { ...experiment, grid: { ...experiment.grid, points, runs } };
    const files = await figureFiles([swept], options, resources);
    expect(files.map(({ name }) => name)).toContain('Small-θ-λ-scale-0.1-loss.svg');
    const texts = files.map(({ bytes }) => new TextDecoder().decode(bytes));
    // The sweep as a whole comes first.
    expect(files[0]?.name).toBe('Small-θ-λ-sweep.svg');
    expect(texts[0]!.match(/<dc:identifier>/g)).toHaveLength(8);
    expect(files[0]?.caption).not.toContain('click');
    expect(texts[1]).toContain('At scale 0.1.');
    expect(texts[1]!.match(/<dc:identifier>/g)).toHaveLength(4);
  });

  it('show a sweep of two axes as maps, with a field for each point', async () => {
    const points = [1, 2].flatMap((scale) => [3, 4].map((depth) => ({ scale, depth })));
    const runs = grid.runs.map((run, i) => ({ ...run, point: points[i % 4]! }));
    const cells = { ...grid, parameterizations: ['linear'], optimizers: grid.optimizers.slice(0, 1), runs };
    const swept = { ...experiment, grid: { ...cells, points, runs: runs.map((run) => ({ ...run, ...ONE })) } };
    const [whole] = await figureFiles([swept], options, resources);
    const fields = elements(new TextDecoder().decode(whole!.bytes), 'path').filter(
      ({ fill, d }) => fill !== 'none' && fill !== '#ffffff' && d!.endsWith('Z') && areaOf(d!) > 200,
    );
    expect(fields).toHaveLength(4);
  });

  it('leave out what is hidden in the panel', async () => {
    const hidden = { hiddenParameterizations: ['square'], hiddenOptimizers: ['NGD'] };
    const { utf8 } = await figure('loss', 'svg', { preferences: hidden });
    expect(utf8).toContain('>linear</text>');
    expect(utf8).not.toContain('>square</text>');
    expect(utf8).not.toContain('>NGD</text>');
    expect(utf8).not.toContain('stroke-dasharray="11 7"');
    expect([...utf8.matchAll(/<dc:identifier>(key\d)</g)].map(([, key]) => key)).toEqual(['key0', 'key1']);
  });

  it('name the letters that their font lacks', async () => {
    const runs = grid.runs.map((run) => ({ ...run, optimizer: '漢' }));
    const named = {
      ...experiment,
      grid: { ...experiment.grid, runs, optimizers: [{ ...grid.optimizers[0]!, name: '漢' }] },
    };
    const [first] = await figureFiles([named], options, resources);
    expect(first?.missing).toEqual(['漢']);
  });
});

const ONE = { parameterization: 'linear', optimizer: 'GD' };

/** The international texts in a PNG, by keyword. */
function textsOf(png: Uint8Array): Map<string, string> {
  const bytes = Buffer.from(png);
  const texts = new Map<string, string>();
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const end = at + 8 + bytes.readUInt32BE(at);
    expect(crc32(bytes.subarray(at + 4, end))).toBe(bytes.readUInt32BE(end));
    const match = /^iTXt([^\0]+)\0{5}([\s\S]*)$/.exec(bytes.toString('utf8', at + 4, end));
    if (match) texts.set(match[1]!, match[2]!);
  }
  return texts;
}

/** The area of a rectangle. */
function areaOf(path: string): number {
  const numbers = path.match(/-?[\d.]+/g)!.map(Number);
  const [xs, ys] = [0, 1].map((part) => numbers.filter((_, i) => i % 2 === part));
  return (Math.max(...xs!) - Math.min(...xs!)) * (Math.max(...ys!) - Math.min(...ys!));
}

/** The drawing commands of a PDF. */
function contentOf(pdf: string): string {
  const streams = [...pdf.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, data]) => Buffer.from(data!, 'latin1'));
  const texts = streams.flatMap((bytes) => {
    try {
      return [inflateSync(bytes).toString('latin1')];
    } catch {
      return [];
    }
  });
  return texts.find((text) => / re$| l$/m.test(text)) ?? '';
}

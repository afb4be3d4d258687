/** The files of figures: one for each experiment, point of its sweep, and kind of figure. */

import type { ExportedExperiment } from '../export/exported.ts';
import { describePoint } from '../lab/results/points.ts';
import { type FigureName, figureNames } from '../report/exportRequest.ts';
import { type DrawnFigure, drawFigure, type FigureSize } from './figure.ts';
import { type FontBytes, Fonts } from './fonts.ts';
import { pdf } from './pdf.ts';
import { kindOf } from './pictures.ts';
import { png } from './png.ts';
import type { Provenance } from './provenance.ts';
import type { Recording } from './recording.ts';
import { FontSubsetter } from './subset.ts';
import { svg } from './svg.ts';

export const figureFormats = ['svg', 'pdf', 'png'] as const;
export type FigureFormat = (typeof figureFormats)[number];

export interface FigureOptions extends FigureSize {
  format: FigureFormat;
  only: readonly FigureName[];
  /** For pictures made of pixels: how many on an inch. */
  resolution: number;
  version: string;
  /** Milliseconds since the epoch, for the file's metadata. */
  date: number;
}

/** What figures are made with. */
export interface FigureResources {
  fonts: FontBytes;
  /** The WebAssembly of harfbuzzjs and of resvg. */
  harfbuzz(): Uint8Array<ArrayBuffer>;
  resvg(): Uint8Array<ArrayBuffer>;
}

export interface FigureFile {
  name: string;
  bytes: Uint8Array;
  /** How to read it. */
  caption: string;
  /** Characters that the fonts have no picture of. */
  missing: string[];
}

const CENTIMETRES_PER_INCH = 2.54;

export async function figureFiles(
  experiments: readonly ExportedExperiment[],
  options: FigureOptions,
  resources: FigureResources,
): Promise<FigureFile[]> {
  const fonts = new Fonts(resources.fonts);
  const files: FigureFile[] = [];
  const taken = new Set<string>();
  for (const experiment of experiments) {
    for (const [point, kind] of wantedOf(experiment, options)) {
      const figure = drawFigure(kind, experiment, point ?? 0, options, fonts);
      if (!figure) continue;
      const name = freeName(experiment, point, kind, taken);
      const bytes = await bytesOf(figure, provenanceOf(experiment, point, figure, options), options, resources);
      files.push({
        name: `${name}.${options.format}`,
        bytes,
        caption: figure.caption,
        missing: missingIn(figure.recording, fonts),
      });
    }
  }
  return files;
}

/**
 * The figures of the sweep as a whole, and then those of each of its points, or of the chosen one; a point is null where
 * there is none.
 */
function wantedOf(
  { grid: { points } }: ExportedExperiment,
  { only, preferences: { point: chosen } = {} }: FigureOptions,
): [point: number | null, kind: FigureName][] {
  const [whole, single] = [true, false].map((is) =>
    figureNames.filter((name) => only.includes(name) && (kindOf(name).isOfSweep ?? false) === is),
  );
  const shown = [...points.keys()].filter((point) => chosen === undefined || point === chosen);
  const at = points.length > 0 ? shown : [null];
  return [
    ...(points.length > 0 ? whole! : []).map((kind): [null, FigureName] => [null, kind]),
    ...at.flatMap((point) => single!.map((kind): [number | null, FigureName] => [point, kind])),
  ];
}

async function bytesOf(
  { recording }: DrawnFigure,
  provenance: Provenance,
  { format, centimetres, resolution, date }: FigureOptions,
  { fonts, harfbuzz, resvg }: FigureResources,
): Promise<Uint8Array> {
  const { family } = fonts;
  if (format === 'pdf') return pdf(recording, { centimetres, fonts, provenance, date });
  if (format === 'png') {
    const text = svg(recording, { centimetres, provenance, family });
    const width = Math.round((centimetres / CENTIMETRES_PER_INCH) * resolution);
    return png(text, { fonts, width, wasm: resvg(), provenance });
  }
  const subsetter = await FontSubsetter.load(harfbuzz());
  const face = (isBold: boolean) => {
    const letters = lettersOf(recording, isBold);
    return letters === '' ? null : subsetter.subset(isBold ? fonts.bold : fonts.regular, letters);
  };
  const faces = { regular: face(false), bold: face(true) };
  return new TextEncoder().encode(svg(recording, { centimetres, provenance, family, faces }));
}

function lettersOf({ drawn }: Recording, isBold: boolean): string {
  const letters = new Set(
    drawn.flatMap((one) => (one.kind === 'text' && one.font.isBold === isBold ? Array.from(one.text) : [])),
  );
  return [...letters].join('');
}

function missingIn({ drawn }: Recording, fonts: Fonts): string[] {
  return [...new Set(drawn.flatMap((one) => (one.kind === 'text' ? fonts.missingIn(one.text, one.font) : [])))];
}

function provenanceOf(
  { file, grid, details }: ExportedExperiment,
  point: number | null,
  { title, caption }: DrawnFigure,
  { version, preferences }: FigureOptions,
): Provenance {
  const at = point === null ? undefined : grid.points[point];
  const { hiddenParameterizations = [], hiddenOptimizers = [] } = preferences ?? {};
  const runs = grid.runs.filter(
    (run) =>
      (at === undefined || describePoint(run.point) === describePoint(at)) &&
      !hiddenParameterizations.includes(run.parameterization) &&
      !hiddenOptimizers.includes(run.optimizer),
  );
  return {
    title,
    description: [at ? `At ${describePoint(at)}.` : '', caption].filter(Boolean).join(' '),
    creator: `Depth Lab ${version}`,
    source: file,
    keys: runs.flatMap(({ id }) => details.get(id)?.key ?? []),
  };
}

/** A name of letters and digits that no other figure has. */
function freeName({ grid }: ExportedExperiment, point: number | null, kind: FigureName, taken: Set<string>): string {
  const at = point === null ? undefined : grid.points[point];
  const words = [grid.experiment, at ? describePoint(at) : '', kind].map(plain).filter(Boolean).join('-');
  let name = words;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${words}-${number}`;
  taken.add(name.toLowerCase());
  return name;
}

/** Longer names are cut: file systems allow 255 bytes. */
const LONGEST = 60;

const plain = (text: string) =>
  text
    .replace(/[^\p{L}\p{N}.]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, LONGEST);

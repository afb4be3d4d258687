/** `depth-lab export --figures`: figures for print. */
import { readFileSync } from 'node:fs';
import packageJson from '../../package.json' with { type: 'json' };
import type { ExportedExperiment } from '../export/exported.ts';
import type { FigureFile, FigureFormat, FigureResources } from '../figures/files.ts';
import type { FigureView } from '../figures/view.ts';
import { type FigureName, figureNames } from '../report/exportRequest.ts';
import { printableName } from './printable.ts';

export interface FigureChoices {
  figures?: FigureFormat;
  /** Centimetres. */
  width: number;
  font: keyof typeof families;
  /** Points. */
  fontSize: number;
  /** Pixels on an inch. */
  resolution: number;
  /** Default: all. */
  only?: FigureName[];
  /** What a reader of the panel would have chosen. */
  view?: FigureView;
  /** Names of parameterizations and optimizers that are not drawn. */
  hide?: string[];
}

/** The fonts that figures may have, and the names of their files. */
export const families = { sans: 'DejaVu Sans', serif: 'DejaVu Serif' } as const;

/** Draws the figures; says on standard error which letters its fonts lack. */
export async function figuresOf(
  experiments: readonly ExportedExperiment[],
  format: FigureFormat,
  { width, font, fontSize, resolution, only = [...figureNames], view = {}, hide = [] }: FigureChoices,
): Promise<FigureFile[]> {
  // Loaded where it is needed: charts and fonts are most of what the command line would have to read.
  const { figureFiles } = await import('../figures/files.ts');
  const options = {
    ...{ format, only, resolution, centimetres: width, points: fontSize },
    ...{ version: packageJson.version, date: Date.now() },
    preferences: {
      ...view,
      hiddenParameterizations: [...(view.hiddenParameterizations ?? []), ...hide],
      hiddenOptimizers: [...(view.hiddenOptimizers ?? []), ...hide],
    },
  };
  const files = await figureFiles(experiments, options, resources(font));
  const missing = [...new Set(files.flatMap((file) => file.missing))];
  if (missing.length > 0) {
    const letters = printableName(missing.join(' '));
    process.stderr.write(`depth-lab: ${families[font]} has no picture of ${letters}: figures show a box instead\n`);
  }
  return files;
}

function resources(font: keyof typeof families): FigureResources {
  const read = (name: string) => new Uint8Array(readFileSync(new URL(`./figures/${name}`, import.meta.url)));
  const family = families[font];
  const file = family.replace(' ', '');
  return {
    fonts: { family, regular: read(`${file}.ttf`), bold: read(`${file}-Bold.ttf`) },
    harfbuzz: () => read('harfbuzz-subset.wasm'),
    resvg: () => read('resvg.wasm'),
  };
}

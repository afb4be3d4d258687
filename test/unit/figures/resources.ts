/** What figures are drawn with, from the packages that it is in. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { FigureResources } from '../../../extension/figures/files.ts';

const read = (file: string) =>
  new Uint8Array(readFileSync(path.join(import.meta.dirname, '../../../node_modules', file)));

export const resources: FigureResources = {
  fonts: {
    family: 'DejaVu Sans',
    regular: read('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    bold: read('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  },
  harfbuzz: () => read('harfbuzzjs/dist/harfbuzz-subset.wasm'),
  resvg: () => read('@resvg/resvg-wasm/index_bg.wasm'),
};

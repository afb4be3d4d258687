/** Writes a figure as PNG: its SVG, drawn by resvg. */
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { FontBytes } from './fonts.ts';
import { withProvenance } from './pngText.ts';
import type { Provenance } from './provenance.ts';

let ready: Promise<void> | null = null;

export interface PngOptions {
  fonts: FontBytes;
  /** Width in pixels. */
  width: number;
  /** resvg's WebAssembly. */
  wasm: Uint8Array<ArrayBuffer>;
  provenance: Provenance;
}

/** @param svg without fonts of its own: those of the options are used */
export async function png(svg: string, { fonts, width, wasm, provenance }: PngOptions): Promise<Uint8Array> {
  ready ??= initWasm(wasm);
  await ready;
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers: [fonts.regular, fonts.bold], defaultFontFamily: fonts.family },
  });
  try {
    return withProvenance(drawing.render().asPng(), provenance);
  } finally {
    drawing.free();
  }
}

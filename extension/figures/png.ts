/** Writes a figure as PNG: its SVG, drawn by resvg. */
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import type { FontBytes } from './fonts.ts';

let ready: Promise<void> | null = null;

export interface PngOptions {
  fonts: FontBytes;
  /** Width in pixels. */
  width: number;
  /** resvg's WebAssembly. */
  wasm: Uint8Array<ArrayBuffer>;
}

/** @param svg without fonts of its own: those of the options are used */
export async function png(svg: string, { fonts, width, wasm }: PngOptions): Promise<Uint8Array> {
  ready ??= initWasm(wasm);
  await ready;
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'width', value: width },
    font: { fontBuffers: [fonts.regular, fonts.bold], defaultFontFamily: fonts.family },
  });
  try {
    return drawing.render().asPng();
  } finally {
    drawing.free();
  }
}

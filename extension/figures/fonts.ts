/** Measures text with the fonts of figures. */
import { create, type Font as FontFile } from 'fontkit';
import type { Font } from './recording.ts';

/** A family of fonts, as TrueType files. */
export interface FontBytes {
  /** As it is called where it is installed. */
  family: string;
  regular: Uint8Array;
  bold: Uint8Array;
}

export class Fonts {
  private readonly regular: FontFile;
  private readonly bold: FontFile;

  constructor(readonly bytes: FontBytes) {
    this.regular = open(bytes.regular);
    this.bold = open(bytes.bold);
  }

  /** The width of a line of text. */
  widthOf(text: string, font: Font): number {
    const file = this.fileOf(font);
    return (file.layout(text).advanceWidth / file.unitsPerEm) * font.size;
  }

  /** How far letters reach above and below the baseline, both positive. */
  heightsOf(font: Font): { ascent: number; descent: number } {
    const { ascent, descent, unitsPerEm } = this.fileOf(font);
    return { ascent: (ascent / unitsPerEm) * font.size, descent: (-descent / unitsPerEm) * font.size };
  }

  /** The characters of a text for which the font has no picture. */
  missingIn(text: string, font: Font): string[] {
    const file = this.fileOf(font);
    return Array.from(text).filter((character) => !file.hasGlyphForCodePoint(character.codePointAt(0)!));
  }

  private fileOf({ isBold }: Font): FontFile {
    return isBold ? this.bold : this.regular;
  }
}

function open(bytes: Uint8Array): FontFile {
  const file = create(Buffer.from(bytes));
  if (!('layout' in file)) throw new Error('a collection of fonts, not a font');
  return file;
}

/** Reads a font as charts write it: `bold 12px sans-serif`. Families are not looked at: figures have one. */
export function fontOf(css: string): Font {
  const size = /(\d+(?:\.\d+)?)px/.exec(css)?.[1];
  if (size === undefined) throw new Error(`the font '${css}' has no size in pixels`);
  return { size: Number(size), isBold: /\b(bold|[6-9]00)\b/.test(css) };
}

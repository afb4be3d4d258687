/** Lays out and draws the pictures of the predictors. Nothing here touches a page. */

import { number } from '../format.ts';
import type { Theme } from '../theme.ts';
import { drawCoefficients } from './coefficients.ts';
import { drawHeatmap, drawScale } from './heatmap.ts';
import type { Picture, Pictures } from './predictorPictures.ts';
import { shorten } from './shorten.ts';
import { arrange, heightOf, largest, type PicturePlace, picturePlaces } from './smallMultiples.ts';

type Context = CanvasRenderingContext2D;

/** A picture and where it is. */
export interface PlacedPicture {
  picture: Picture;
  place: PicturePlace;
}

export interface Sheet {
  placed: PlacedPicture[];
  /** In pixels. */
  height: number;
  /** The height that it needs at least; it is higher where there is room. */
  needed: number;
}

/** How many entries stand below each other and side by side: a vector is one row. */
export const rowsOf = ([rows = 1, columns]: readonly number[]): number => (columns === undefined ? 1 : rows);
export const columnsOf = (shape: readonly number[]): number => shape.at(-1) ?? 1;

/** The least and greatest height of a picture of coefficients, and of a matrix; the least of a matrix may be less. */
const COEFFICIENTS = { least: 46, most: 220 };
const MATRIX = { least: 190, most: 320 };

export interface SheetOptions {
  shape: readonly number[];
  /** How many optimizers there are: a row begins with the first. */
  optimizers: number;
  /** Width and height at hand, in pixels. */
  width: number;
  room: number;
  theme: Theme;
}

/**
 * Places the pictures in as many columns as their titles allow, or in fewer where there is room for larger ones; cells
 * of one parameterization stand side by side where that fits.
 */
export function layOut(
  context: Context,
  { pictures, matrix }: Pictures,
  { shape, optimizers, width, room, theme }: SheetOptions,
): Sheet {
  const { size, family } = theme.font;
  const widthOf = (text: string, weight = '') => {
    context.font = `${weight}${size}px ${family}`;
    return context.measureText(text).width;
  };
  const widest = pictures.reduce(
    (most, { title, subtitle, note }) =>
      Math.max(
        most,
        widthOf(title, 'bold '),
        matrix ? Math.max(widthOf(subtitle), widthOf(note)) : widthOf(`${subtitle}  ${note}`),
      ),
    matrix ? 90 : 120,
  );
  const count = pictures.length;
  const limit = Math.max(1, Math.min(count, Math.floor((width + 16) / (Math.min(widest, 260) + 16))));
  const choices = tidyColumns(limit, matrix ? 1 : optimizers);
  const space = {
    width: width - 2,
    head: (matrix ? 3 : 2) * (size + 3) + 6,
    gap: 14,
    aspect: matrix ? columnsOf(shape) / rowsOf(shape) : null,
  };
  const { least, most } = matrix ? MATRIX : COEFFICIENTS;
  const footer = (matrix ? size + 22 : 0) + 2;
  const compact = arrange(count, choices[0]!, least, space);
  const sizes = { least: compact.height, most, height: room - footer };
  const chosen = largest(count, choices, sizes, space) ?? compact;
  return {
    height: heightOf(chosen, space) + footer,
    needed: heightOf(compact, space) + footer,
    placed: picturePlaces(count, chosen, space).map((place, i) => ({
      picture: pictures[i]!,
      place: { ...place, left: place.left + 1 },
    })),
  };
}

/** Numbers of columns up to a limit with which every row begins with the same optimizer, the greatest first. */
function tidyColumns(limit: number, optimizers: number): number[] {
  const all = Array.from({ length: limit }, (_, i) => limit - i);
  const tidy = all.filter((columns) => columns % optimizers === 0 || optimizers % columns === 0);
  return (tidy[0] ?? 0) > limit / 2 ? tidy : [limit, ...tidy];
}

export function drawSheet(
  context: Context,
  { placed }: Sheet,
  { matrix, truth, scale }: Pictures,
  { shape, observed, theme }: { shape: readonly number[]; observed: ReadonlySet<number> | null; theme: Theme },
): void {
  const [rows, columns] = [rowsOf(shape), columnsOf(shape)];
  for (const { picture, place } of placed) {
    drawTitle(context, picture, place, theme, matrix);
    const { values, earlier } = picture;
    if (matrix) drawHeatmap(context, { values, rows, columns, scale, observed }, place, theme);
    else drawCoefficients(context, { values, truth, earlier, scale }, place, picture, theme);
  }
  if (!matrix) return;
  const end = Math.max(0, ...placed.map(({ place }) => place.top + place.height));
  const width = Math.max(0, ...placed.map(({ place }) => place.left + place.slot));
  drawScale(
    context,
    { left: 1, top: end + 8, width: Math.min(180, width - 2), height: 7 },
    (value) => number(value, 2),
    scale,
    theme,
  );
}

/** Parameterization, optimizer and comparison with the truth above a picture. */
function drawTitle(
  context: Context,
  { title, subtitle, note, colour }: Picture,
  { left, top, slot }: PicturePlace,
  { font: { size, family }, muted }: Theme,
  matrix: boolean,
): void {
  const widthOf = (text: string) => context.measureText(text).width;
  const line = size + 3;
  const write = (text: string, row: number, font: string, fill: string, room = slot) => {
    context.font = font;
    context.fillStyle = fill;
    context.textAlign = 'left';
    context.fillText(shorten(text, room, widthOf), left, top - 6 - row * line);
  };
  context.textBaseline = 'alphabetic';
  const plain = `${size}px ${family}`;
  write(title, matrix ? 2 : 1, `bold ${size}px ${family}`, colour);
  context.font = plain;
  const taken = !matrix && note ? widthOf(note) + 8 : 0;
  write(subtitle, matrix ? 1 : 0, plain, muted, slot - taken);
  if (matrix) {
    write(note, 0, plain, muted);
    return;
  }
  context.textAlign = 'right';
  context.fillText(note, left + slot, top - 6);
}

/** Writes a recording as PDF, with the letters that are used of its fonts embedded. */
import PDFDocument from 'pdfkit';
import type { FontBytes } from './fonts.ts';
import { type Provenance, provenanceText } from './provenance.ts';
import type { Clip, Colour, Drawn, Path, Recording } from './recording.ts';

export interface PdfOptions {
  /** Width on paper, in centimetres. */
  centimetres: number;
  fonts: FontBytes;
  provenance: Provenance;
  /** Milliseconds since the epoch; the same recording with the same date gives the same file. */
  date: number;
}

const POINTS_PER_CENTIMETRE = 72 / 2.54;

export async function pdf(recording: Recording, options: PdfOptions): Promise<Uint8Array> {
  const { width, height, drawn } = recording;
  const scale = (options.centimetres * POINTS_PER_CENTIMETRE) / width;
  const document = new PDFDocument({
    size: [width * scale, height * scale],
    margin: 0,
    // PDFKit would load one of its own.
    font: null as unknown as string,
    info: infoOf(options),
    lang: 'en',
    displayTitle: true,
  });
  const pieces: Uint8Array[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (piece: Uint8Array) => pieces.push(piece));
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.registerFont('regular', Buffer.from(options.fonts.regular));
  document.registerFont('bold', Buffer.from(options.fonts.bold));
  document.scale(scale);
  for (const one of drawn) {
    document.save();
    clipTo(document, one.clip);
    draw(document, one);
    document.restore();
  }
  document.end();
  await ended;
  return Buffer.concat(pieces);
}

type Document = InstanceType<typeof PDFDocument>;

function infoOf({ provenance, date }: PdfOptions) {
  return {
    Title: provenance.title,
    Subject: provenanceText(provenance),
    Author: provenance.creator,
    Creator: provenance.creator,
    Keywords: provenance.keys.join(' '),
    CreationDate: new Date(date),
  };
}

function clipTo(document: Document, clip: Clip | null): void {
  if (!clip) return;
  clipTo(document, clip.within);
  trace(document, clip.path);
  document.clip();
}

function draw(document: Document, one: Drawn): void {
  if (one.kind === 'fill') {
    trace(document, one.path);
    document.fillColor(rgb(one.colour), one.colour.opacity).fill();
  } else if (one.kind === 'stroke') {
    const { colour, width, dash, dashOffset, cap, join } = one.stroke;
    trace(document, one.path);
    document.lineWidth(width).lineCap(cap).lineJoin(join).strokeColor(rgb(colour), colour.opacity);
    // PDF knows no negative offsets.
    const period = dash.reduce((sum, length) => sum + length, 0) * (dash.length % 2 ? 2 : 1);
    const phase = period > 0 ? ((dashOffset % period) + period) % period : 0;
    // The types of PDFKit know a single length only.
    if (period > 0) document.dash([...dash] as unknown as number, { phase });
    document.stroke();
  } else drawText(document, one);
}

function drawText(document: Document, one: Extract<Drawn, { kind: 'text' }>): void {
  const { text, x, y, anchor, angle, font, fill, stroke } = one;
  document.font(font.isBold ? 'bold' : 'regular').fontSize(font.size);
  const shift = { start: 0, middle: 0.5, end: 1 }[anchor] * document.widthOfString(text);
  document.translate(x, y);
  if (angle !== 0) document.rotate(angle);
  if (fill) document.fillColor(rgb(fill), fill.opacity);
  if (stroke) document.strokeColor(rgb(stroke.colour), stroke.colour.opacity).lineWidth(stroke.width).lineJoin('round');
  document.text(text, -shift, 0, {
    lineBreak: false,
    baseline: 'alphabetic',
    fill: fill !== null,
    stroke: stroke !== null,
  });
}

function trace(document: Document, path: Path): void {
  for (const segment of path) {
    if (segment.op === 'Z') document.closePath();
    else if (segment.op === 'C') {
      document.bezierCurveTo(segment.x1, segment.y1, segment.x2, segment.y2, segment.x, segment.y);
    } else if (segment.op === 'M') document.moveTo(segment.x, segment.y);
    else document.lineTo(segment.x, segment.y);
  }
}

const rgb = ({ red, green, blue }: Colour): [number, number, number] => [red, green, blue];

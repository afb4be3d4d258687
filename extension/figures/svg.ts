/** Writes a recording as SVG: lines as paths, texts as texts, in a font of which the file has the letters. */

import { xmlText } from '../report/xml.ts';
import { type Provenance, provenanceText } from './provenance.ts';
import type { Clip, Colour, Drawn, Path, Recording } from './recording.ts';

export interface SvgOptions {
  /** Width on paper, in centimetres. */
  centimetres: number;
  provenance: Provenance;
  /** The family of the fonts. */
  family: string;
  /** The letters of the regular and the bold font that are used, as TrueType; left out where the viewer has the fonts. */
  faces?: { regular: Uint8Array | null; bold: Uint8Array | null };
}

export function svg(
  { width, height, drawn }: Recording,
  { centimetres, provenance, family, faces }: SvgOptions,
): string {
  const clips = new Map<Clip, string>();
  const body = grouped(drawn).map(([clip, list]) => {
    const content = list.map(element).join('\n');
    return clip ? `<g clip-path="url(#${nameOf(clip, clips)})">\n${content}\n</g>` : content;
  });
  const size = `width="${number(centimetres)}cm" height="${number((centimetres * height) / width)}cm"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${number(width)} ${number(height)}" role="img" aria-labelledby="title description" font-family="'${family}', ${family.includes('Serif') ? 'serif' : 'Verdana, sans-serif'}">`,
    `<title id="title">${xmlText(provenance.title)}</title>`,
    `<desc id="description">${xmlText(provenanceText(provenance))}</desc>`,
    metadata(provenance),
    faces ? styleOf(faces, family) : '',
    clips.size > 0 ? `<defs>\n${[...clips].map(([clip, id]) => clipPath(clip, id, clips)).join('\n')}\n</defs>` : '',
    ...body,
    '</svg>\n',
  ]
    .filter(Boolean)
    .join('\n');
}

/** Dublin Core in RDF, which Inkscape and others show as the properties of a document. */
function metadata({ title, description, creator, source, keys }: Provenance): string {
  const fields = [
    ...[
      ['title', title],
      ['description', description],
      ['creator', creator],
      ['source', source],
    ],
    ...keys.map((key) => ['identifier', key]),
  ].map(([name, value]) => `<dc:${name}>${xmlText(value!)}</dc:${name}>`);
  return `<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">${fields.join('')}</rdf:Description></rdf:RDF></metadata>`;
}

function styleOf({ regular, bold }: NonNullable<SvgOptions['faces']>, family: string): string {
  const rules = [
    [regular, 'normal'],
    [bold, 'bold'],
  ] as const;
  const faces = rules.flatMap(([bytes, weight]) => {
    if (!bytes) return [];
    const data = `data:font/ttf;base64,${Buffer.from(bytes).toString('base64')}`;
    return [`@font-face { font-family: '${family}'; font-weight: ${weight}; src: url(${data}) format('truetype'); }`];
  });
  return faces.length > 0 ? `<style>\n${faces.join('\n')}\n</style>` : '';
}

/** What follows each other within the same area. */
function grouped(drawn: readonly Drawn[]): [Clip | null, Drawn[]][] {
  const groups: [Clip | null, Drawn[]][] = [];
  for (const one of drawn) {
    const last = groups.at(-1);
    if (last && last[0] === one.clip) last[1].push(one);
    else groups.push([one.clip, [one]]);
  }
  return groups;
}

function nameOf(clip: Clip, known: Map<Clip, string>): string {
  if (clip.within) nameOf(clip.within, known);
  const name = known.get(clip) ?? `area${known.size + 1}`;
  known.set(clip, name);
  return name;
}

function clipPath({ path, within }: Clip, id: string, known: ReadonlyMap<Clip, string>): string {
  const outer = within ? ` clip-path="url(#${known.get(within)})"` : '';
  return `<clipPath id="${id}"${outer}><path d="${pathData(path)}"/></clipPath>`;
}

function element(one: Drawn): string {
  if (one.kind === 'fill') return `<path d="${pathData(one.path)}" ${paint('fill', one.colour)}/>`;
  if (one.kind === 'stroke') {
    const { colour, width, dash, dashOffset, cap, join } = one.stroke;
    const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.map(number).join(' ')}"` : '';
    const offset = dash.length > 0 && dashOffset !== 0 ? ` stroke-dashoffset="${number(dashOffset)}"` : '';
    const ends = `${cap === 'butt' ? '' : ` stroke-linecap="${cap}"`}${join === 'miter' ? '' : ` stroke-linejoin="${join}"`}`;
    return `<path d="${pathData(one.path)}" fill="none" ${paint('stroke', colour)} stroke-width="${number(width)}"${dashes}${offset}${ends}/>`;
  }
  const { text, x, y, anchor, angle, font, fill, stroke } = one;
  const place = `x="${number(x)}" y="${number(y)}"`;
  const turn = angle === 0 ? '' : ` transform="rotate(${number(angle)} ${number(x)} ${number(y)})"`;
  const look = [
    `font-size="${number(font.size)}"`,
    font.isBold ? 'font-weight="bold"' : '',
    anchor === 'start' ? '' : `text-anchor="${anchor}"`,
    fill ? paint('fill', fill) : 'fill="none"',
    stroke ? `${paint('stroke', stroke.colour)} stroke-width="${number(stroke.width)}" stroke-linejoin="round"` : '',
  ].filter(Boolean);
  return `<text ${place}${turn} ${look.join(' ')}>${xmlText(text)}</text>`;
}

function paint(name: 'fill' | 'stroke', { red, green, blue, opacity }: Colour): string {
  const hex = [red, green, blue].map((channel) => Math.round(channel).toString(16).padStart(2, '0')).join('');
  return `${name}="#${hex}"${opacity < 1 ? ` ${name}-opacity="${number(opacity)}"` : ''}`;
}

function pathData(path: Path): string {
  return path
    .map((segment) => {
      if (segment.op === 'Z') return 'Z';
      const end = `${number(segment.x)} ${number(segment.y)}`;
      if (segment.op === 'M' || segment.op === 'L') return `${segment.op}${end}`;
      return `C${number(segment.x1)} ${number(segment.y1)} ${number(segment.x2)} ${number(segment.y2)} ${end}`;
    })
    .join('');
}

/** A thousandth of a pixel is finer than any printer. */
const number = (value: number): string => String(Number(value.toFixed(3)));

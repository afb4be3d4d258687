import { svg } from './dom.ts';
import type { CellStyle, Marker } from './palette.ts';

/** SVG paths of the Chart.js markers that the palette uses. */
const shapes: Record<Marker, string> = {
  circle: 'M6 1a5 5 0 1 0 0 10a5 5 0 1 0 0-10z',
  rect: 'M1.5 1.5h9v9h-9z',
  triangle: 'M6 1l5.2 9.2h-10.4z',
  rectRot: 'M6 0.4l5.6 5.6l-5.6 5.6l-5.6-5.6z',
  star: 'M6 0.5v11M0.5 6h11M2 2l8 8M10 2l-8 8',
  crossRot: 'M1.5 1.5l9 9M10.5 1.5l-9 9',
};

/** The colour and marker of a parameterization, for legends and tables. */
export function swatch({ colour, marker }: CellStyle): SVGElement {
  return svg(
    'svg',
    { viewBox: '0 0 12 12', width: 12, height: 12, 'aria-hidden': 'true' },
    svg('path', {
      d: shapes[marker],
      fill: colour,
      stroke: colour,
      'stroke-width': marker === 'star' || marker === 'crossRot' ? 2 : 0,
    }),
  );
}

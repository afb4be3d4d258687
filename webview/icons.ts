import { svg } from './dom.ts';

const icon = (path: string): SVGElement =>
  svg(
    'svg',
    { viewBox: '0 0 16 16', width: 16, height: 16, fill: 'currentColor', 'aria-hidden': 'true' },
    svg('path', { d: path }),
  );

/** Run: a triangle. */
export const runIcon = (): SVGElement => icon('M4 2.5v11l9-5.5z');
/** Stop: a square. */
export const stopIcon = (): SVGElement => icon('M3.5 3.5h9v9h-9z');

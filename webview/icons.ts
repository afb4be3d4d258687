import { svg } from './dom.ts';

const icon = (path: string): SVGElement =>
  svg(
    'svg',
    { viewBox: '0 0 16 16', width: 16, height: 16, fill: 'currentColor', 'aria-hidden': 'true' },
    svg('path', { d: path, 'fill-rule': 'evenodd' }),
  );

/** Run: a triangle. */
export const runIcon = (): SVGElement => icon('M4 2.5v11l9-5.5z');
/** Stop: a square. */
export const stopIcon = (): SVGElement => icon('M3.5 3.5h9v9h-9z');
/** A table. */
export const tableIcon = (): SVGElement =>
  icon('M1.5 2.5h13v11h-13zM2.5 5.7v2.1h3.3v-2.1zM6.8 5.7v2.1h6.7v-2.1zM2.5 8.8v3.7h3.3v-3.7zM6.8 8.8v3.7h6.7v-3.7z');
/** Two sheets. */
export const copyIcon = (): SVGElement =>
  icon('M5.5 1.5h8v9h-2.5v3.5h-8.5v-9.5h3zM6.5 2.5v2h4.5v5h1.5v-7zM3.5 5.5v7.5h6.5v-7.5z');
/** An arrow into a tray. */
export const saveIcon = (): SVGElement =>
  icon('M7.4 1.5h1.2v6.2l2.2-2.2.9.9-3.7 3.7-3.7-3.7.9-.9 2.2 2.2zM2 10.5h1.2v2.8h9.6v-2.8h1.2v4h-12z');
/** Two arrows that point apart. */
export const expandIcon = (): SVGElement =>
  icon('M9.5 2h4.5v4.5h-1.2v-2.4l-3.5 3.5-.9-.9 3.5-3.5h-2.4zM6.5 14h-4.5v-4.5h1.2v2.4l3.5-3.5.9.9-3.5 3.5h2.4z');
/** Back to the whole picture. */
export const resetIcon = (): SVGElement =>
  icon('M8 2.5a5.5 5.5 0 1 1-5.3 4h1.3a4.3 4.3 0 1 0 1.2-2l1.8 1.8h-4.5v-4.5l1.8 1.8a5.5 5.5 0 0 1 3.7-1.1z');
/** Two bars. */
export const pauseIcon = (): SVGElement => icon('M4 2.5h3v11h-3zM9 2.5h3v11h-3z');

/** The whole panel as one figure: its pictures under their titles, side by side where there is room. */
import { asCanvasContext, RecordingContext } from './context.ts';
import type { Kind, Picture, Scene } from './picture.ts';
import type { Drawn } from './recording.ts';
import { shifted } from './shift.ts';

/** Between pictures, and the least width of one, in pixels. */
const [GAP, NARROWEST] = [18, 240];

/** @returns null where there is nothing to draw */
export function drawPanel(scene: Scene, kinds: readonly Kind[]): Picture | null {
  const { width, fonts, input } = scene;
  const columns = width >= 2 * NARROWEST + GAP ? 2 : 1;
  const slot = (width - GAP * (columns - 1)) / columns;
  const pieces = kinds.flatMap(({ title, draw }) => {
    const picture = draw({ ...scene, width: slot });
    return picture ? [{ title, picture }] : [];
  });
  if (pieces.length === 0) return null;
  const { size, family } = input.theme.font;
  const head = 2 * size;
  const drawn: Drawn[] = [];
  // Each picture goes to the column that is the shortest.
  const heights = new Array<number>(columns).fill(0);
  for (const { title, picture } of pieces) {
    const column = heights.indexOf(Math.min(...heights));
    const [left, top] = [column * (slot + GAP), heights[column]!];
    const heading = new RecordingContext(fonts, { width: slot, height: head });
    const context = asCanvasContext(heading, {});
    context.font = `bold ${size}px ${family}`;
    context.fillStyle = input.theme.foreground;
    context.fillText(title, 2, size * 1.2);
    drawn.push(...shifted(heading.recording.drawn, top, left));
    drawn.push(...shifted(picture.recording.drawn, top + head, left));
    heights[column] = top + head + picture.recording.height + GAP;
  }
  return {
    recording: { width, height: Math.max(...heights) - GAP, drawn },
    legend: pieces.some(({ picture }) => picture.legend === 'curves') ? 'curves' : 'paths',
    caption: pieces.flatMap(({ title, picture }) => (picture.caption ? `${title}: ${picture.caption}` : [])).join(' '),
  };
}

/** Copies a tile to the clipboard: its picture, or its numbers where they are shown as a table. */

/** @throws Error if the browser does not let the page write to the clipboard */
export async function copyTile(card: Element): Promise<'picture' | 'numbers'> {
  const table = [...card.querySelectorAll('table')].find((one) => one.checkVisibility());
  if (table) {
    await navigator.clipboard.writeText(tabSeparated(table));
    return 'numbers';
  }
  const picture = pictureOf(card);
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  return 'picture';
}

/** The cells of a table as spreadsheets take them: tabs between columns, lines between rows. */
export function tabSeparated(table: HTMLTableElement): string {
  const text = (cell: Element) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim();
  return [...table.rows].map((row) => [...row.cells].map(text).join('\t')).join('\n');
}

/** The canvases of a tile at their places, on the background of the page, in the pixels of the screen. */
function pictureOf(card: Element): Promise<Blob> {
  const parts = [...card.querySelectorAll('canvas')].filter((canvas) => canvas.checkVisibility() && canvas.width > 0);
  const places = parts.map((part) => part.getBoundingClientRect());
  const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
  const density = window.devicePixelRatio || 1;
  const whole = document.createElement('canvas');
  whole.width = Math.ceil(density * (Math.max(...places.map(({ right }) => right)) - left));
  whole.height = Math.ceil(density * (Math.max(...places.map(({ bottom }) => bottom)) - top));
  const context = whole.getContext('2d')!;
  context.fillStyle = getComputedStyle(document.body).backgroundColor;
  context.fillRect(0, 0, whole.width, whole.height);
  for (const [i, part] of parts.entries()) {
    const { x, y, width, height } = places[i]!;
    context.drawImage(part, density * (x - left), density * (y - top), density * width, density * height);
  }
  return new Promise((resolve, reject) =>
    whole.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('there is no picture'))), 'image/png'),
  );
}

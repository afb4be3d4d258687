/** What is seen of a panel's page. */
import type { OpenPanel } from './page.ts';

/** Lets the page draw. */
export const frames = ({ page }: OpenPanel) =>
  page.evaluate(
    () => new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))),
  );

/** How many pixels of a canvas have been painted. */
export const painted = ({ page }: OpenPanel, selector: string) =>
  page.evaluate((wanted) => {
    const canvas = document.querySelector<HTMLCanvasElement>(wanted)!;
    // A copy: a canvas that is read often is drawn more slowly.
    const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true })!;
    copy.drawImage(canvas, 0, 0);
    const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) count++;
    return count;
  }, selector);

/** Records a chart: Chart.js draws into a context of our own, without a page. */
import { BasicPlatform, Chart, type ChartConfiguration } from 'chart.js';
import { asCanvasContext, RecordingContext } from './context.ts';
import type { Fonts } from './fonts.ts';
import type { Recording } from './recording.ts';

/** @param size in pixels, as charts count them */
export function record(
  { options, ...configuration }: ChartConfiguration<'scatter', { x: number; y: number }[]>,
  size: { width: number; height: number },
  fonts: Fonts,
): Recording {
  const context = new RecordingContext(fonts, size);
  const canvas: Record<string, unknown> = { ...size };
  const drawing = asCanvasContext(context, canvas);
  canvas.getContext = () => drawing;
  const chart = new Chart(canvas as unknown as HTMLCanvasElement, {
    ...configuration,
    platform: BasicPlatform,
    options: { ...options, animation: false, responsive: false, devicePixelRatio: 1, events: [] },
  });
  const { recording } = context;
  chart.destroy();
  return recording;
}

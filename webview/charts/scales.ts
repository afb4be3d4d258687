import type { Scale } from 'chart.js';
import type { ScatterChart } from './chartjs.ts';

/** The two scales of a chart, which it has once it is laid out. */
export function scalesOf({ scales: { x, y } }: ScatterChart): { x: Scale; y: Scale } {
  if (!x || !y) throw new Error('The chart has no scales yet.');
  return { x, y };
}

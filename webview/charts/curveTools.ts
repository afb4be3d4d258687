import { segmented } from '../card.ts';
import type { Preferences } from '../preferences.ts';
import type { ChartInput } from './input.ts';

/** The choices beside the title of the curves: quantity, abscissa and scales. */
export function createCurveTools(change: (preferences: Partial<Preferences>) => void) {
  let input: ChartInput | null = null;
  const quantity = segmented(
    'Quantity',
    [
      { value: 'loss', label: 'loss' },
      { value: 'error', label: 'error' },
    ],
    (value) => change({ quantity: value }),
  );
  const x = segmented(
    'Horizontal axis',
    [
      { value: 'step', label: 'step', title: 'Steps of the optimizer; of a flow, those of its integrator' },
      { value: 'time', label: 'time', title: 'rate · steps; for a flow, t' },
    ],
    (value) => change({ x: value }),
  );
  const scales = [
    { value: 'linear', label: 'linear' },
    { value: 'log', label: 'log' },
  ] as const;
  const scaleX = segmented(
    'Scale of the horizontal axis',
    scales,
    (value) => {
      if (input) change({ logX: { ...input.preferences.logX, [input.time.abscissa]: value === 'log' } });
    },
    'x',
  );
  const scaleY = segmented(
    'Scale of the vertical axis',
    scales,
    (value) => {
      if (!input) return;
      const { logY, quantity: shown } = input.preferences;
      change({ logY: { ...logY, [shown]: value === 'log' } });
    },
    'y',
  );
  return {
    elements: [quantity.element, x.element, scaleX.element, scaleY.element],
    update(next: ChartInput): void {
      input = next;
      const { preferences, time } = next;
      quantity.set(preferences.quantity);
      x.set(time.abscissa);
      scaleX.set(time.isLog ? 'log' : 'linear');
      scaleY.set(preferences.logY[preferences.quantity] ? 'log' : 'linear');
    },
  };
}

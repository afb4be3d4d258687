import { segmented } from '../card.ts';
import type { Abscissa, Change } from '../preferences.ts';
import type { ChartInput } from './input.ts';

/** The choices beside the title of the curves: quantity, abscissa and scales. */
export function createCurveTools(change: Change) {
  let abscissa: Abscissa = 'step';
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
    (value) => change(({ logX }) => ({ logX: { ...logX, [abscissa]: value === 'log' } })),
    'x',
  );
  const scaleY = segmented(
    'Scale of the vertical axis',
    scales,
    (value) => change(({ logY, quantity: shown }) => ({ logY: { ...logY, [shown]: value === 'log' } })),
    'y',
  );
  return {
    elements: [quantity.element, x.element, scaleX.element, scaleY.element],
    update({ preferences, time }: ChartInput): void {
      abscissa = time.abscissa;
      quantity.set(preferences.quantity);
      x.set(time.abscissa);
      scaleX.set(time.isLog ? 'log' : 'linear');
      scaleY.set(preferences.logY[preferences.quantity] ? 'log' : 'linear');
    },
  };
}

import { segmented } from '../card.ts';
import type { Preferences } from '../preferences.ts';

/** The choices beside the title of the curves: quantity, abscissa and scales. */
export function createCurveTools(change: (preferences: Partial<Preferences>) => void) {
  let current: Preferences | null = null;
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
      { value: 'step', label: 'step', title: 'Optimizer steps' },
      { value: 'time', label: 'time', title: 'rate · steps; for a flow, t' },
    ],
    (value) => change({ x: value }),
  );
  const scales = [
    { value: 'linear', label: 'lin' },
    { value: 'log', label: 'log' },
  ] as const;
  const scaleX = segmented('Scale of the horizontal axis', scales, (value) => change({ logX: value === 'log' }));
  const scaleY = segmented('Scale of the vertical axis', scales, (value) => {
    if (current) change({ logY: { ...current.logY, [current.quantity]: value === 'log' } });
  });
  return {
    elements: [quantity.element, scaleY.element, x.element, scaleX.element],
    update(preferences: Preferences): void {
      current = preferences;
      quantity.set(preferences.quantity);
      x.set(preferences.x);
      scaleX.set(preferences.logX ? 'log' : 'linear');
      scaleY.set(preferences.logY[preferences.quantity] ? 'log' : 'linear');
    },
  };
}

/**
 * The names of everything that theory predicts, in display order. They stand apart from the definitions so that the
 * editor, which checks names while they are typed, loads no solvers.
 */
export const predictedNames = {
  direction: ['max L2 margin', 'max L1 margin', 'minimum-norm fit', 'least-L1 fit', 'natural flow limit'],
  point: [
    'least squares',
    'minimum-norm fit',
    'least-L1 fit',
    'least nuclear norm',
    'population flow',
    'least hyperbolic entropy',
  ],
  condition: ['max-margin KKT', 'stationarity'],
} as const;

/** What theory predicts of the end of training. */
export type Predicted = keyof typeof predictedNames;

export type PredictionName = (typeof predictedNames)['direction' | 'point'][number];
export type ConditionName = (typeof predictedNames)['condition'][number];

/** The method of a result that measures how far runs are from what is predicted. */
export const measuredBy = { direction: 'angle', point: 'distance', condition: 'residual' } as const satisfies Record<
  Predicted,
  string
>;

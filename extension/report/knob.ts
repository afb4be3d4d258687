/** A number of an experiment's text that can be turned in the results panel. */
export interface Knob {
  /** The same while the text around the number stays as it is. */
  id: string;
  /** What the number belongs to: a parameterization, an optimizer, the problem, the experiment, or constants of the file. */
  group: string;
  label: string;
  /** The number as it is written. */
  text: string;
  value: number;
  /** Whether it takes whole numbers only. */
  isWhole: boolean;
  /** `log`: equal ratios take equal ways; its range is above 0. */
  scale: 'log' | 'linear';
  least: number;
  most: number;
}

/** A knob of the experiment on view was turned. */
export interface Turn {
  file: string;
  experiment: string;
  id: string;
  value: number;
  /** Whether it was let go. */
  isEnd: boolean;
}

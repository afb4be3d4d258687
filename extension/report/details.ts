/** The final numbers of one parameter of a run. */
export interface ParameterValues {
  name: string;
  shape: number[];
  /** Row-major. */
  values: Float64Array;
}

/** What is told of a run only where it is asked for. */
export interface RunDetails {
  /** What decides the run's numbers, as a hash; the key of its record in a store. */
  key: string;
  /** In the order of the definition; null for more than 100,000 numbers. */
  parameters: ParameterValues[] | null;
}

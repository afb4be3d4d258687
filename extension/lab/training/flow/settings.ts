/** How far a flow is followed, and how closely. */
export interface FlowSettings {
  /** The time t at which the flow ends. */
  until: number;
  /** Relative and absolute error of each parameter in one step of the integrator. */
  rtol: number;
  atol: number;
}

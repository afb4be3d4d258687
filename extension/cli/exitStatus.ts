/** Exit statuses of the command line. */
export enum ExitStatus {
  Well = 0,
  /** A claim does not hold. */
  ClaimFailed = 1,
  /** A definition is wrong, or a run failed. */
  Wrong = 2,
  Interrupted = 3,
}

import type { Outcome } from '../tools/outcome.ts';

/** What the tests inside the extension host tell the runner outside. */
export interface IntegrationReport extends Outcome {
  /** One line a test, more for a failed one. */
  lines: string[];
}

/** What the tests inside the extension host tell the runner outside. */
export interface IntegrationReport {
  passed: number;
  failed: number;
  /** One line a test, more for a failed one. */
  lines: string[];
}

/** How tests went, and the line that the test runner ends with. */

export interface Outcome {
  passed: number;
  failed: number;
  /** The names of the tests that were not run, each as its suites and its own title, outermost first. */
  skipped: string[][];
}

export const noTests = (): Outcome => ({ passed: 0, failed: 0, skipped: [] });

export function add(total: Outcome, { passed, failed, skipped }: Outcome): void {
  total.passed += passed;
  total.failed += failed;
  total.skipped.push(...skipped);
}

/** The fields of vitest's JSON report that count. */
export interface VitestReport {
  success: boolean;
  testResults: {
    /** The path of the file. */
    name: string;
    status: string;
    assertionResults: { status: string; title: string; ancestorTitles: string[] }[];
  }[];
}

/** The files with a test that failed, or that could not be loaded. */
export const failedFiles = ({ testResults }: VitestReport): string[] =>
  testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);

/** A report in which the files that were run once more are as they were the second time. */
export function withSecondAttempts(first: VitestReport, second: VitestReport): VitestReport {
  const again = new Map(second.testResults.map((file) => [file.name, file]));
  const testResults = first.testResults.map((file) => again.get(file.name) ?? file);
  return { success: second.success && failedFiles({ success: true, testResults }).length === 0, testResults };
}

/** @param status vitest's exit status */
export function outcomeOf({ success, testResults }: VitestReport, status: number): Outcome {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failed = tests.filter((test) => test.status === 'failed').length;
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  // A file that could not be loaded has no tests to count.
  const hidden = failed === 0 && (status !== 0 || !success) ? 1 : 0;
  return {
    passed,
    failed: failed + hidden,
    skipped: skipped.map(({ ancestorTitles, title }) => [...ancestorTitles, title]),
  };
}

/**
 * What is told at the end: the outermost suites with skipped tests, one a line with their number, and then
 * `N passed, N failed` or `N passed, N failed, N skipped`. `.ci/run` reads these lines.
 */
export function closingLines({ passed, failed, skipped }: Outcome): string[] {
  const suites = new Map<string, number>();
  for (const [suite = ''] of skipped) suites.set(suite, (suites.get(suite) ?? 0) + 1);
  const count = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  return [
    ...[...suites].map(([suite, tests]) => `skipped: ${suite} (${tests} ${tests === 1 ? 'test' : 'tests'})`),
    `${passed} passed, ${failed} failed${count}`,
  ];
}

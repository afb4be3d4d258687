/** Runs inside VS Code's extension host: mocha over the tests bundled with this file. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { noTests } from '../tools/outcome.ts';
import type { IntegrationReport } from './report.ts';

/** VS Code calls this. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 30_000, reporter: Mocha.reporters.Base });
  mocha.suite.emit('pre-require', globalThis, 'tests', mocha);
  await import('./tests.ts');
  const report: IntegrationReport = { ...noTests(), lines: [] };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => {
      report.passed++;
      report.lines.push(`  ✓ ${test.fullTitle()} ${test.duration ?? 0}ms`);
    });
    runner.on('pending', (test) => {
      report.skipped.push(test.titlePath());
      report.lines.push(`  ↓ ${test.fullTitle()}`);
    });
    runner.on('fail', (test, error: Error) => {
      report.failed++;
      report.lines.push(`  × ${test.fullTitle()}`, `    ${error.stack ?? error.message}`);
    });
  });
  const file = process.env.DEPTH_LAB_INTEGRATION_REPORT;
  if (file) writeFileSync(file, JSON.stringify(report));
}

/** `npm test`: builds and packs the extension, runs the three levels of tests, and ends with one line: N passed, N failed. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runIntegrationTests } from './integration/host.ts';
import { cache, root, run } from './tools/process.ts';
import { packExtension } from './tools/vsix.ts';
import { ensureChromium } from './workbench/chromium.ts';
import { prepareVSCode } from './workbench/vscode.ts';

interface Outcome {
  passed: number;
  failed: number;
}

/** The fields of vitest's report that count. */
interface VitestReport {
  success: boolean;
  numPassedTests: number;
  numFailedTests: number;
}

async function vitest(config: string): Promise<Outcome> {
  const report = path.join(cache, 'vitest-report.json');
  rmSync(report, { force: true });
  const status = await run(process.execPath, [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile=${report}`],
  ]);
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { success, numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  // A file that could not be loaded has no tests to count.
  const hidden = (status !== 0 || !success) && numFailedTests === 0 ? 1 : 0;
  return { passed: numPassedTests, failed: numFailedTests + hidden };
}

async function integration(): Promise<Outcome> {
  const report = await runIntegrationTests();
  for (const line of report.lines) console.log(line);
  return report;
}

async function build(): Promise<Outcome> {
  await packExtension();
  await prepareVSCode();
  await ensureChromium();
  return { passed: 0, failed: 0 };
}

const levels: Record<string, () => Promise<Outcome>> = {
  unit: () => vitest('vitest.config.ts'),
  integration,
  workbench: () => vitest('test/workbench/vitest.config.ts'),
};

/** Levels may be named: `npm test -- unit`. */
const chosen = process.argv.slice(2);
const total: Outcome = { passed: 0, failed: 0 };
mkdirSync(cache, { recursive: true });
const needsBuild = chosen.length === 0 || chosen.some((level) => level !== 'unit');
const steps = Object.entries(levels).filter(([level]) => chosen.length === 0 || chosen.includes(level));
for (const [name, step] of [...(needsBuild ? [['build', build] as const] : []), ...steps]) {
  console.log(`\n── ${name} ──`);
  try {
    const { passed, failed } = await step();
    total.passed += passed;
    total.failed += failed;
  } catch (error) {
    console.error(error);
    total.failed++;
  }
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
// A level that was left open must not keep the process alive.
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

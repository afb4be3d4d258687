/** `npm test`: builds and packs the extension, runs the three levels of tests, and ends with one line: N passed, N failed[, N skipped]. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runIntegrationTests } from './integration/host.ts';
import { add, closingLines, noTests, type Outcome, outcomeOf, type VitestReport } from './tools/outcome.ts';
import { cache, root, run } from './tools/process.ts';
import { packExtension } from './tools/vsix.ts';
import { ensureChromium } from './workbench/chromium.ts';
import { prepareVSCode } from './workbench/vscode.ts';

async function vitest(config: string): Promise<Outcome> {
  const report = path.join(cache, 'vitest-report.json');
  rmSync(report, { force: true });
  const status = await run(process.execPath, [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile=${report}`],
  ]);
  if (!existsSync(report)) return { ...noTests(), failed: 1 };
  return outcomeOf(JSON.parse(readFileSync(report, 'utf8')) as VitestReport, status);
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
  return noTests();
}

const levels: Record<string, () => Promise<Outcome>> = {
  unit: () => vitest('vitest.config.ts'),
  integration,
  workbench: () => vitest('test/workbench/vitest.config.ts'),
};

/** Levels may be named: `npm test -- unit`. */
const chosen = process.argv.slice(2);
const total = noTests();
mkdirSync(cache, { recursive: true });
const needsBuild = chosen.length === 0 || chosen.some((level) => level !== 'unit');
const steps = Object.entries(levels).filter(([level]) => chosen.length === 0 || chosen.includes(level));
for (const [name, step] of [...(needsBuild ? [['build', build] as const] : []), ...steps]) {
  console.log(`\n── ${name} ──`);
  try {
    add(total, await step());
  } catch (error) {
    console.error(error);
    total.failed++;
  }
}
console.log(`\n${closingLines(total).join('\n')}`);
// A level that was left open must not keep the process alive.
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);

/** `npm test`: builds and packs the extension, runs the three levels of tests, and ends with one line: N passed, N failed[, N skipped]. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runIntegrationTests } from './integration/host.ts';
import {
  add,
  closingLines,
  failedFiles,
  noTests,
  type Outcome,
  outcomeOf,
  type VitestReport,
  withSecondAttempts,
} from './tools/outcome.ts';
import { cache, root, run } from './tools/process.ts';
import { packExtension } from './tools/vsix.ts';
import { ensureChromium } from './workbench/chromium.ts';
import { prepareVSCode } from './workbench/vscode.ts';

interface Report {
  content: VitestReport | undefined;
  /** Vitest's exit status. */
  status: number;
}

/** @param files only these, if any are named */
async function vitest(config: string, files: readonly string[] = []): Promise<Report> {
  const report = path.join(cache, 'vitest-report.json');
  rmSync(report, { force: true });
  const status = await run(process.execPath, [
    path.join(root, 'node_modules/vitest/vitest.mjs'),
    ...['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile=${report}`],
    ...files,
  ]);
  const content = existsSync(report) ? (JSON.parse(readFileSync(report, 'utf8')) as VitestReport) : undefined;
  return { content, status };
}

const outcome = ({ content, status }: Report): Outcome =>
  content ? outcomeOf(content, status) : { ...noTests(), failed: 1 };

/**
 * Files that failed get a second attempt, alone on the machine, and that is said. Some tests measure processor time or
 * wait for other programs; and those of a workbench file share a window, so that where one fails for want of time,
 * those after it fail as well.
 */
async function inTwoAttempts(config: string): Promise<Outcome> {
  const first = await vitest(config);
  const files = first.content ? failedFiles(first.content) : [];
  if (!first.content || files.length === 0) return outcome(first);
  console.log(`\nonce more, alone: ${files.map((file) => path.basename(file)).join(', ')}`);
  const second = await vitest(config, files);
  if (!second.content) return outcome(first);
  return outcome({ content: withSecondAttempts(first.content, second.content), status: second.status });
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
  unit: () => inTwoAttempts('vitest.config.ts'),
  integration,
  workbench: () => inTwoAttempts('test/workbench/vitest.config.ts'),
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

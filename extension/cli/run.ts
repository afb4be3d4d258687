/** `depth-lab run` and `depth-lab check`: train the experiments of lab files and report on them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SingleBar } from 'cli-progress';
import { codeLimitsOf, EngineClient, type EngineRun } from '../engine/client.ts';
import type { EngineChoice, EngineEvent } from '../engine/protocol.ts';
import { comparisonsOf } from '../lab/results/index.ts';
import type { RunResult, Theory } from '../lab/results.ts';
import type { GridPlan } from '../report/grid.ts';
import { ExitStatus } from './exitStatus.ts';
import { type Refusal, refusalOf, refusalText } from './labFile.ts';
import { claimLine, failureText, runLine, shortened, summaryText } from './report.ts';
import { table } from './table.ts';
import { theoryTable } from './theoryTable.ts';
import { terminalWidth, wrapped } from './wrap.ts';

export interface RunOptions {
  experiment?: string;
  json?: boolean;
  engine: EngineChoice;
  workers?: number;
  /** Limits of user code: seconds of processor time, and GiB. */
  codeTime?: number;
  codeMemory?: number;
  out?: string;
  claimsOnly: boolean;
}

export async function run(files: readonly string[], options: RunOptions): Promise<ExitStatus> {
  const enginePath = fileURLToPath(new URL('./engine.js', import.meta.url));
  const client = new EngineClient({
    enginePath,
    isForOne: files.length === 1,
    limits: () => codeLimitsOf(options.codeTime, options.codeMemory),
    onOutput: (text) => process.stderr.write(text),
  });
  const report = new Report(options);
  let current: EngineRun | null = null;
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    current?.cancel();
  };
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    for (const file of files) {
      if (interrupted) break;
      const refusal = refusalOf(file);
      if (refusal) {
        report.refuse(file, refusal);
        continue;
      }
      const { workers = null, engine, experiment } = options;
      const request = {
        file: resolve(file),
        experiments: experiment === undefined ? null : [experiment],
        workers,
        engine,
      };
      current = client.run(request, (event) => report.take(event));
      await current.ended;
    }
  } finally {
    report.end();
    client.dispose();
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
  if (interrupted) return ExitStatus.Interrupted;
  return report.status;
}

/** Prints events as they arrive. */
class Report {
  status = ExitStatus.Well;
  private grid: GridPlan | null = null;
  private readonly runs = new Map<number, RunResult>();
  private theories: Theory[] = [];
  private isPrinted = true;
  private bar: SingleBar | null = null;
  private readonly lines: string[] = [];

  constructor(private readonly options: RunOptions) {}

  refuse(file: string, refusal: Refusal): void {
    this.status = ExitStatus.Wrong;
    process.stderr.write(refusalText(file, refusal));
  }

  take(event: EngineEvent): void {
    switch (event.type) {
      case 'planned':
        this.begin(event.grid);
        break;
      case 'ran':
        this.runs.set(event.run.id, event.run);
        this.bar?.update(this.runs.size);
        break;
      case 'theorized':
        this.theories.push(event.theory);
        break;
      case 'summarized':
        this.endBar();
        this.printRuns();
        if (!this.options.json && !this.options.claimsOnly && this.grid) {
          const runs = this.inOrder();
          const width = terminalWidth();
          const theory = theoryTable(this.grid, runs, this.theories, width);
          process.stdout.write(`${table(this.grid, runs, width)}\n${theory ? `\n${theory}\n` : ''}`);
          process.stdout.write(summaryText(event.summary, width));
        }
        break;
      case 'claimed':
        for (const claim of event.claims) {
          if (!claim.holds && this.status === ExitStatus.Well) this.status = ExitStatus.ClaimFailed;
          this.line(claimLine(event.experiment, claim));
          if (this.options.json) continue;
          const words = `${claim.holds ? '✓' : '✗'} ${claim.claim}${claim.error ? `: ${claim.error}` : ''}`;
          process.stdout.write(`${wrapped(words, terminalWidth())}\n`);
        }
        if (!this.options.json) process.stdout.write('\n');
        break;
      case 'failed':
        this.endBar();
        this.status = ExitStatus.Wrong;
        process.stderr.write(failureText(event.failure, shortened));
        break;
      case 'ended':
        this.endBar();
        this.printRuns();
        break;
    }
  }

  /** Writes the file of `--out`. */
  end(): void {
    this.endBar();
    if (this.options.out === undefined) return;
    mkdirSync(this.options.out, { recursive: true });
    writeFileSync(join(this.options.out, 'results.jsonl'), this.lines.map((line) => `${line}\n`).join(''));
  }

  private begin(grid: GridPlan): void {
    this.grid = grid;
    this.runs.clear();
    this.theories = [];
    this.isPrinted = false;
    if (this.options.json) return;
    const points = grid.points.length > 0 ? [`${grid.points.length} points`] : [];
    const seeds = `${grid.seeds.length} ${grid.seeds.length === 1 ? 'seed' : 'seeds'}`;
    const parts = [grid.problem.description, ...points, seeds, grid.steps === null ? 'flows' : `${grid.steps} steps`];
    process.stdout.write(`${grid.experiment}\n${wrapped(parts.join(' · '), terminalWidth())}\n`);
    if (!process.stderr.isTTY) return;
    this.bar = new SingleBar({
      format: '  {bar} {value}/{total} runs · {duration_formatted}',
      clearOnComplete: true,
      hideCursor: true,
    });
    this.bar.start(grid.runs.length, 0);
  }

  /** Prints the runs of an experiment once, in grid order, whatever order they finished in. */
  private printRuns(): void {
    if (this.options.claimsOnly || this.isPrinted) return;
    const comparisons = comparisonsOf(this.theories);
    for (const run of this.inOrder()) this.line(runLine(this.grid?.experiment ?? '', run, comparisons.get(run.id)));
    this.isPrinted = true;
  }

  private inOrder(): RunResult[] {
    return [...this.runs.values()].sort((a, b) => a.id - b.id);
  }

  private line(text: string): void {
    this.lines.push(text);
    if (this.options.json) process.stdout.write(`${text}\n`);
  }

  private endBar(): void {
    this.bar?.stop();
    this.bar = null;
  }
}

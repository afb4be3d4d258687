/** Prints the events of `depth-lab run` and `depth-lab check` as they arrive, and writes the file of `--out`. */
import type { EngineEvent } from '../engine/protocol.ts';
import { appendSamples, comparisonsOf } from '../lab/results/index.ts';
import type { ClaimResult, Comparison, RunResult, SampleBatch, Summary, SweepPoint, Theory } from '../lab/results.ts';
import { claimNumbers } from '../report/claimText.ts';
import { divergencesOf } from '../report/divergedText.ts';
import type { GridPlan } from '../report/grid.ts';
import { ExitStatus } from './exitStatus.ts';
import { type Refusal, refusalText } from './labFile.ts';
import { printableName, withPrintableNames } from './printable.ts';
import { Progress } from './progress.ts';
import { claimLine, countLine, countText, failureText, runLine, shortened, summaryText } from './report.ts';
import { ResultsFile } from './resultsFile.ts';
import { seedsText } from './seeds.ts';
import { table } from './table.ts';
import { theoryTable } from './theoryTable.ts';
import { terminalWidth, wrapped } from './wrap.ts';
import { WriteError } from './writeError.ts';

export interface ReportOptions {
  json?: boolean;
  out?: string;
  /** With the curves of each run. */
  samples?: boolean;
  claimsOnly: boolean;
}

/** Characters of a run in a file of results at least, and of each number in it. */
const RUN_CHARACTERS = 300;
const NUMBER_CHARACTERS = 2;

export class RunReport {
  status = ExitStatus.Well;
  private grid: GridPlan | null = null;
  /** The runs that have ended, in order of completion. */
  private readonly runs = new Map<number, RunResult>();
  /** The runs whose line waits for what theory says of them. */
  private readonly waiting = new Set<number>();
  private theories: Theory[] = [];
  private readonly comparisons = new Map<number, Record<string, Comparison>>();
  /** The curves, if they are printed. */
  private curves = new Map<number, SampleBatch>();
  /** Number of runs of the grid whose line is printed, or that did not end. */
  private printed = 0;
  private readonly bar = new Progress();
  private readonly file: ResultsFile | null;
  private canWrite = true;
  /** The lines of the file, in the order of the grid. */
  private readonly lines: string[] = [];

  /**
   * @param stop called when results cannot be written: further training would be in vain
   * @throws WriteError if the file of `out` cannot be written
   */
  constructor(
    private readonly options: ReportOptions,
    private readonly stop: () => void,
  ) {
    this.file = options.out === undefined ? null : new ResultsFile(options.out);
  }

  refuse(file: string, refusal: Refusal): void {
    this.status = ExitStatus.Wrong;
    process.stderr.write(refusalText(file, refusal));
  }

  take(event: EngineEvent): void {
    switch (event.type) {
      case 'planned':
        this.begin(event.grid);
        break;
      case 'sampled':
        if (this.options.samples) this.curves = appendSamples(this.curves, event.samples);
        break;
      case 'ran':
        this.add(event.run, event.awaitsTheory ?? false);
        break;
      case 'theorized':
        this.theorize(event.theory);
        break;
      case 'summarized':
        this.endRuns();
        this.printTables(event.summary);
        break;
      case 'claimed':
        this.printClaims(event.experiment, event.claims);
        break;
      case 'finished':
        this.printCounts(event.experiment);
        break;
      case 'inspected':
        for (const { text } of divergencesOf([...this.runs.values()], event.inspection)) this.note(text);
        break;
      case 'noted':
        this.note(event.note);
        break;
      case 'failed':
        this.bar.stop();
        this.status = ExitStatus.Wrong;
        process.stderr.write(failureText(event.failure, shortened));
        break;
      case 'ended':
        this.endRuns();
        break;
    }
  }

  private note(text: string): void {
    this.bar.stop();
    process.stderr.write(`depth-lab: ${printableName(text)}\n`);
  }

  /**
   * Ends the file of `--out`.
   * @param isComplete whether everything that was asked for was run
   */
  end(isComplete: boolean): void {
    this.endRuns();
    const { file } = this;
    if (!file) return;
    let isReplaced = false;
    if (isComplete && this.status !== ExitStatus.Wrong) {
      this.writing(() => {
        file.replace(this.lines);
        isReplaced = true;
      });
    }
    if (isReplaced) return;
    const path = file.keep(this.lines);
    const where = path === null ? 'nothing was finished' : `what was finished is in ${printableName(path)}`;
    process.stderr.write(`depth-lab: the results are incomplete; ${where}\n`);
  }

  /** Uses the file; a failure is reported, and ends the training. */
  private writing(use: (file: ResultsFile) => void): void {
    if (!this.file) return;
    try {
      use(this.file);
    } catch (error) {
      if (!(error instanceof WriteError)) throw error;
      this.status = ExitStatus.Wrong;
      this.bar.stop();
      if (this.canWrite) process.stderr.write(`depth-lab: ${error.message}\n`);
      this.canWrite = false;
      this.stop();
    }
  }

  private begin(grid: GridPlan): void {
    this.grid = grid;
    this.runs.clear();
    this.waiting.clear();
    this.theories = [];
    this.comparisons.clear();
    this.curves.clear();
    this.printed = 0;
    this.writing((file) => file.requireRoom(this.options.claimsOnly ? 0 : leastSize(grid)));
    if (this.options.json) return;
    const { experiment, problem } = withPrintableNames({ experiment: grid.experiment, problem: grid.problem });
    const points = grid.points.length > 0 ? [`${grid.points.length} points`] : [];
    const seeds = seedsText(grid.seeds);
    const parts = [problem.description, ...points, seeds, grid.steps === null ? 'flows' : `${grid.steps} steps`];
    process.stdout.write(`${experiment}\n${wrapped(parts.join(' · '), terminalWidth())}\n`);
    this.bar.start(grid.runs.length);
  }

  private add(run: RunResult, awaitsTheory: boolean): void {
    this.runs.set(run.id, run);
    this.bar.update(this.runs.size);
    if (this.options.claimsOnly) return;
    if (awaitsTheory) this.waiting.add(run.id);
    // In the file at once, whatever becomes of this process; the complete line follows at the end.
    this.writing((file) => file.add(this.lineOf(run)));
    this.printNext();
  }

  private theorize(theory: Theory): void {
    this.theories.push(theory);
    for (const [run, to] of comparisonsOf([theory])) this.comparisons.set(run, to);
    const data = dataOf(theory);
    for (const id of this.waiting) {
      const run = this.runs.get(id);
      if (run && dataOf(run) === data) this.waiting.delete(id);
    }
    this.printNext();
  }

  /** Prints the runs of which everything is known, in the order of the grid. */
  private printNext(): void {
    if (this.options.claimsOnly) return;
    for (let next = this.next(); next && !this.waiting.has(next.id); next = this.next()) this.printRun(next);
  }

  /** The next run in the order of the grid, if it has ended. */
  private next(): RunResult | undefined {
    const identity = this.grid?.runs[this.printed];
    return identity && this.runs.get(identity.id);
  }

  /** Prints the runs that were not printed yet, in the order of the grid, whatever order they ended in. */
  private endRuns(): void {
    this.bar.stop();
    if (this.options.claimsOnly || !this.grid) return;
    for (; this.printed < this.grid.runs.length; ) {
      const run = this.next();
      if (run) this.printRun(run);
      else this.printed++;
    }
  }

  private printRun(run: RunResult): void {
    this.line(this.lineOf(run));
    this.printed++;
  }

  private lineOf(run: RunResult): string {
    return runLine(this.grid?.experiment ?? '', run, this.comparisons.get(run.id), this.curves.get(run.id));
  }

  private printTables(summary: Summary): void {
    if (this.options.json || this.options.claimsOnly || !this.grid) return;
    const runs = withPrintableNames([...this.runs.values()].sort((a, b) => a.id - b.id));
    const grid = withPrintableNames(this.grid);
    const width = terminalWidth();
    const theory = theoryTable(grid, runs, withPrintableNames(this.theories), width);
    process.stdout.write(`${table(grid, runs, width)}\n${theory ? `\n${theory}\n` : ''}`);
    process.stdout.write(summaryText(withPrintableNames(summary), width));
  }

  private printClaims(experiment: string, claims: readonly ClaimResult[]): void {
    for (const claim of claims) {
      if (!claim.holds && this.status === ExitStatus.Well) this.status = ExitStatus.ClaimFailed;
      this.line(claimLine(experiment, claim));
      if (this.options.json) continue;
      const { claim: name, error } = withPrintableNames(claim);
      const why = claim.holds ? '' : (error ?? printableName(claimNumbers(claim)));
      const words = `${claim.holds ? '✓' : '✗'} ${name}${why ? `: ${why}` : ''}`;
      process.stdout.write(`${wrapped(words, terminalWidth())}\n`);
    }
    if (!this.options.json) process.stdout.write('\n');
  }

  private printCounts(experiment: string): void {
    const runs = [...this.runs.values()];
    process.stderr.write(countText(runs));
    if (!this.options.claimsOnly) this.line(countLine(experiment, runs));
  }

  private line(text: string): void {
    if (this.file) this.lines.push(text);
    if (this.options.json) process.stdout.write(`${text}\n`);
  }
}

/** The data that a run or a prediction is about. */
function dataOf({ point, seed }: { point: SweepPoint | null; seed: number }): string {
  return JSON.stringify([point, seed]);
}

/** What the runs of a grid take in a file at least, in bytes. */
function leastSize({ runs, problem }: GridPlan): number {
  const predictor = (problem.predictorShape ?? []).reduce((product, length) => product * length, 1);
  const numbers = problem.train + (problem.predictorShape === null ? 0 : predictor);
  return runs.length * (RUN_CHARACTERS + NUMBER_CHARACTERS * numbers);
}

/** `depth-lab run` and `depth-lab check`: train the experiments of lab files and report on them. */
import { ExitStatus } from './exitStatus.ts';
import { GithubReporter } from './reporters/github.ts';
import { JUnitReporter } from './reporters/junit.ts';
import { type ReportOptions, RunReport } from './runReport.ts';
import { type Receiver, type TrainingOptions, train } from './training.ts';
import { WriteError } from './writeError.ts';

export const reporters = ['text', 'junit', 'github'] as const;

export interface RunOptions extends ReportOptions, TrainingOptions {
  reporter?: (typeof reporters)[number];
}

export async function run(files: readonly string[], options: RunOptions): Promise<ExitStatus> {
  try {
    return await train(files, { ...options, snapshots: false }, (stop) => receiverOf(options, stop));
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    process.stderr.write(`depth-lab: ${error.message}\n`);
    return ExitStatus.Wrong;
  }
}

function receiverOf(options: RunOptions, stop: () => void): Receiver {
  if (options.reporter === 'junit') return new JUnitReporter();
  const report = new RunReport(options, stop);
  return options.reporter === 'github' ? new GithubReporter(report) : report;
}

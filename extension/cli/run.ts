/** `depth-lab run` and `depth-lab check`: train the experiments of lab files and report on them. */
import { ExitStatus } from './exitStatus.ts';
import { type ReportOptions, RunReport } from './runReport.ts';
import { type TrainingOptions, train } from './training.ts';
import { WriteError } from './writeError.ts';

export interface RunOptions extends ReportOptions, TrainingOptions {}

export async function run(files: readonly string[], options: RunOptions): Promise<ExitStatus> {
  try {
    return await train(files, options, (stop) => new RunReport(options, stop));
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    process.stderr.write(`depth-lab: ${error.message}\n`);
    return ExitStatus.Wrong;
  }
}

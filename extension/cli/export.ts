/** `depth-lab export`: tables of experiments, as files for other programs. */
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { ExportedExperiment } from '../export/exported.ts';
import { type ExportedFile, type Format, filesOf, type TableName, tableNames } from '../export/formats.ts';
import { TableError } from '../export/longTables.ts';
import { CollectedExperiments } from './collected.ts';
import { ExitStatus } from './exitStatus.ts';
import { printableName } from './printable.ts';
import { type TrainingOptions, train } from './training.ts';
import { WriteError } from './writeError.ts';
import { prepareFolder, writeFiles } from './writeFiles.ts';

export interface ExportOptions extends TrainingOptions {
  out: string;
  format: Format;
  tables?: TableName[];
}

/** Trains what is not stored, and writes the tables. */
export async function exportTables(files: readonly string[], options: ExportOptions): Promise<ExitStatus> {
  const { out, format, tables = tableNames } = options;
  try {
    // Before training, which would be in vain.
    prepareFolder(out);
    const collected = new CollectedExperiments();
    const status = await train(files, { ...options, details: true }, () => collected);
    if (status !== ExitStatus.Well) {
      process.stderr.write('depth-lab: nothing was exported; what has ended is in the store, if there is one\n');
      return status;
    }
    if (tables.includes('parameters')) warnOfParameters(collected.experiments);
    const written = await filesOf(collected.experiments, tables, format, packageJson.version);
    writeFiles(out, written);
    report(out, written);
    return ExitStatus.Well;
  } catch (error) {
    if (!(error instanceof TableError || error instanceof WriteError)) throw error;
    process.stderr.write(`depth-lab: ${error.message}\n`);
    return ExitStatus.Wrong;
  }
}

function report(folder: string, files: readonly ExportedFile[]): void {
  for (const { name, size } of files) {
    process.stdout.write(`${printableName(path.join(folder, name))}: ${size}\n`);
  }
}

/** The final parameters of large models are not kept. */
function warnOfParameters(experiments: readonly ExportedExperiment[]): void {
  const missing = experiments
    .flatMap(({ details }) => [...details.values()])
    .filter(({ parameters }) => parameters === null).length;
  if (missing === 0) return;
  const runs = missing === 1 ? '1 run' : `${missing} runs`;
  process.stderr.write(`depth-lab: parameters leaves out ${runs} with more than 100,000 numbers, which are not kept\n`);
}

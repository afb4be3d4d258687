/** `depth-lab export`: tables and figures of experiments, as files for other programs, and scripts in Python. */
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { ExportedExperiment } from '../export/exported.ts';
import { type ExportedFile, type Format, filesOf } from '../export/formats.ts';
import { TableError } from '../export/longTables.ts';
import type { FigureFile } from '../figures/files.ts';
import { type TableName, tableNames } from '../report/exportRequest.ts';
import { CollectedExperiments } from './collected.ts';
import { ExitStatus } from './exitStatus.ts';
import { type FigureChoices, figuresOf } from './figures.ts';
import { printableName } from './printable.ts';
import { type ScriptFormat, scriptsOf } from './scripts.ts';
import { type TrainingOptions, train } from './training.ts';
import { WriteError } from './writeError.ts';
import { prepareFolder, writeFiles } from './writeFiles.ts';

export interface ExportOptions extends TrainingOptions, FigureChoices {
  out: string;
  /** Tables are written if a format is given, or no figures are. */
  format?: Format | ScriptFormat;
  tables?: readonly TableName[];
}

/** Trains what is not stored, and writes tables and figures. */
export async function exportResults(files: readonly string[], options: ExportOptions): Promise<ExitStatus> {
  const { out, figures, format = figures ? null : 'csv' } = options;
  if (format === 'python' || format === 'jax') return exportScripts(files, format, options);
  try {
    // Before training, which would be in vain.
    prepareFolder(out);
    const collected = new CollectedExperiments();
    const status = await train(files, { ...options, details: true }, () => collected);
    if (status !== ExitStatus.Well) {
      process.stderr.write('depth-lab: nothing was exported; what has ended is in the store, if there is one\n');
      return status;
    }
    const { experiments } = collected;
    const written = [
      ...(format ? await tablesOf(experiments, format, options) : []),
      ...(figures ? (await figuresOf(experiments, figures, options)).map(figureFile) : []),
    ];
    writeFiles(out, written);
    report(out, written);
    return ExitStatus.Well;
  } catch (error) {
    if (!(error instanceof TableError || error instanceof WriteError)) throw error;
    process.stderr.write(`depth-lab: ${error.message}\n`);
    return ExitStatus.Wrong;
  }
}

/** Writes scripts, which train by themselves: nothing is trained here. */
async function exportScripts(
  files: readonly string[],
  format: ScriptFormat,
  options: ExportOptions,
): Promise<ExitStatus> {
  const { out } = options;
  try {
    prepareFolder(out);
    const scripts = await scriptsOf(files, format, options);
    if (scripts === null) return ExitStatus.Wrong;
    const written = scripts.map(({ name, experiment, text }) => ({
      name,
      size: printableName(experiment),
      pieces: [Buffer.from(text)],
    }));
    writeFiles(out, written);
    report(out, written);
    return ExitStatus.Well;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    process.stderr.write(`depth-lab: ${error.message}\n`);
    return ExitStatus.Wrong;
  }
}

async function tablesOf(
  experiments: readonly ExportedExperiment[],
  format: Format,
  { tables = tableNames }: ExportOptions,
): Promise<ExportedFile[]> {
  if (tables.includes('parameters')) warnOfParameters(experiments);
  return filesOf(experiments, tables, format, packageJson.version);
}

function figureFile({ name, bytes, caption }: FigureFile): ExportedFile {
  return { name, size: printableName(caption), pieces: [bytes] };
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

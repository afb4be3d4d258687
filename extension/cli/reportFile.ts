/** `depth-lab report`: one file with the results of experiments, to be read and sent. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { sectionOf } from '../export/document.ts';
import type { ExportedExperiment } from '../export/exported.ts';
import { latex } from '../export/latex.ts';
import { markdown } from '../export/markdown.ts';
import { reportPage } from '../export/reportPage.ts';
import { CollectedExperiments } from './collected.ts';
import { ExitStatus } from './exitStatus.ts';
import { printableName } from './printable.ts';
import { type TrainingOptions, train } from './training.ts';
import { WriteError } from './writeError.ts';
import { prepareFolder, writeFiles } from './writeFiles.ts';

export interface ReportFileOptions extends TrainingOptions {
  /** Its ending says what it is. */
  out: string;
}

type Writer = (experiments: readonly ExportedExperiment[], files: readonly string[]) => string;

const source = (files: readonly string[]) =>
  `Depth Lab ${packageJson.version}, from ${files.map((file) => printableName(file)).join(', ')}`;

/** By the ending of the file. */
const writers: Record<string, Writer> = {
  '.html': page,
  '.md': (experiments, files) => markdown(experiments.map(sectionOf), source(files)),
  '.tex': (experiments, files) => latex(experiments.map(sectionOf), source(files)),
};

/** Trains what is not stored, and writes the report. */
export async function writeReport(files: readonly string[], options: ReportFileOptions): Promise<ExitStatus> {
  const { out } = options;
  const write = writers[path.extname(out)];
  try {
    if (!write) throw new WriteError(`${printableName(out)} must end with ${Object.keys(writers).join(', ')}`);
    prepareFolder(path.dirname(out));
    const collected = new CollectedExperiments();
    const status = await train(files, options, () => collected);
    if (status !== ExitStatus.Well) {
      process.stderr.write('depth-lab: no report was written; what has ended is in the store, if there is one\n');
      return status;
    }
    const text = write(collected.experiments, files);
    writeFiles(path.dirname(out), [{ name: path.basename(out), pieces: [new TextEncoder().encode(text)] }]);
    process.stdout.write(`${printableName(out)}\n`);
    return ExitStatus.Well;
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    process.stderr.write(`depth-lab: ${error.message}\n`);
    return ExitStatus.Wrong;
  }
}

function page(experiments: readonly ExportedExperiment[]): string {
  const read = (name: string) => readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
  const title = [...new Set(experiments.map(({ grid }) => grid.experiment))].join(', ');
  return reportPage(
    experiments,
    { title: title || 'Depth Lab', version: packageJson.version, date: Date.now() },
    {
      script: read('webview.js'),
      style: read('webview.css'),
      hostScript: read('standalone.js'),
      hostStyle: read('standalone.css'),
    },
  );
}

/** `depth-lab list`: the experiments in files, found in their text alone. */
import { readFile } from 'node:fs/promises';
import { findExperiments } from '../definitions/index.ts';
import { ExitStatus } from './exitStatus.ts';

export async function list(files: readonly string[], json: boolean): Promise<ExitStatus> {
  let status = ExitStatus.Well;
  for (const file of files) {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch {
      process.stderr.write(`${file}:1:1: this file cannot be read\n`);
      status = ExitStatus.Wrong;
      continue;
    }
    for (const { name, range } of findExperiments(text)) {
      const { line, column } = range.start;
      const found = { kind: 'experiment', file, experiment: name, line, column };
      process.stdout.write(json ? `${JSON.stringify(found)}\n` : `${file}:${line}:${column}  ${name}\n`);
    }
  }
  return status;
}

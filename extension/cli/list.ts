/** `depth-lab list`: the experiments in files, found in their text without running them. */
import { readFile } from 'node:fs/promises';
import { type FoundCall, findCalls } from '../definitions/index.ts';
import { ExitStatus } from './exitStatus.ts';
import { refusalOf, refusalText } from './labFile.ts';
import { jsonLine, printableName } from './printable.ts';

export async function list(files: readonly string[], json: boolean): Promise<ExitStatus> {
  let status = ExitStatus.Well;
  for (const file of files) {
    const refusal = refusalOf(file);
    if (refusal) {
      process.stderr.write(refusalText(file, refusal));
      status = ExitStatus.Wrong;
      continue;
    }
    const text = await readFile(file, 'utf8');
    const { calls } = findCalls(text);
    for (const call of calls) print(file, call, json);
    if (calls.length > 0) continue;
    const hint = "Call experiment('name', { … }), or run the file where another one defines them.";
    process.stderr.write(refusalText(file, { message: 'this file defines no experiment', hint }));
    status = ExitStatus.Wrong;
  }
  return status;
}

/** Lists one call. A call with a computed name is reported as such: its experiments are known only when the file runs. */
function print(file: string, { name, line, column }: FoundCall, json: boolean): void {
  const place = `${printableName(file)}:${line}:${column}`;
  const message = 'experiments with computed names: they are known only when the file runs';
  const found =
    name === null
      ? { kind: 'computed', file, experiment: null, line, column, message }
      : { kind: 'experiment', file, experiment: name, line, column };
  if (json) process.stdout.write(`${jsonLine(found)}\n`);
  else if (name === null) process.stderr.write(`${place}: ${message}\n`);
  else process.stdout.write(`${place}  ${printableName(name)}\n`);
}

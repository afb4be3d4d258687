/** `depth-lab explain`: the compiled form of the experiments in a file. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EngineClient } from '../engine/client.ts';
import { ExitStatus } from './exitStatus.ts';
import { refusalOf, refusalText } from './labFile.ts';
import { printable } from './printable.ts';
import { failureText, shortened } from './report.ts';

export async function explain(file: string, experiment: string | undefined): Promise<ExitStatus> {
  const refusal = refusalOf(file);
  if (refusal) {
    process.stderr.write(refusalText(file, refusal));
    return ExitStatus.Wrong;
  }
  const enginePath = fileURLToPath(new URL('./engine.js', import.meta.url));
  const client = new EngineClient({ enginePath, isForOne: true, onOutput: (text) => process.stderr.write(text) });
  const what = {
    file: resolve(file),
    experiments: experiment === undefined ? null : [experiment],
    as: 'text' as const,
    instead: { seeds: null, steps: null },
    unsaved: [],
  };
  const run = client.explain(what, (event) => {
    if (event.type === 'explained') process.stdout.write(`${printable(event.text)}\n`);
    if (event.type === 'failed') process.stderr.write(failureText(event.failure, shortened));
  });
  const outcome = await run.ended;
  await client.dispose();
  return outcome === 'done' ? ExitStatus.Well : ExitStatus.Wrong;
}

/** `depth-lab export --format python|jax`: experiments as scripts in Python, without training. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeLimitsOf, EngineClient } from '../engine/client.ts';
import type { ExplainedAs } from '../engine/protocol.ts';
import { refusalOf, refusalText } from './labFile.ts';
import { failureText, shortened } from './report.ts';
import type { TrainingOptions } from './training.ts';

/** The library of the scripts, by the name of the format. */
export const scriptFormats = { python: 'numpy', jax: 'jax' } as const satisfies Record<string, ExplainedAs>;
export type ScriptFormat = keyof typeof scriptFormats;

export interface Script {
  /** Of its file, without the folder. */
  name: string;
  experiment: string;
  text: string;
}

/**
 * The scripts of all experiments that are asked for; null if one of them cannot be exported, which standard error says at
 * its place.
 */
export async function scriptsOf(
  files: readonly string[],
  format: ScriptFormat,
  options: TrainingOptions,
): Promise<Script[] | null> {
  const client = new EngineClient({
    enginePath: fileURLToPath(new URL('./engine.js', import.meta.url)),
    isForOne: files.length === 1,
    limits: () => codeLimitsOf(options.codeTime, options.codeMemory),
    onOutput: (text) => process.stderr.write(text),
  });
  const scripts: Script[] = [];
  let isComplete = true;
  try {
    for (const file of files) {
      const refusal = refusalOf(file);
      if (refusal) {
        process.stderr.write(refusalText(file, refusal));
        isComplete = false;
        continue;
      }
      const run = client.explain(requestOf(file, format, options), (event) => {
        if (event.type === 'failed') process.stderr.write(failureText(event.failure, shortened));
        if (event.type !== 'explained') return;
        const { experiment, text } = event;
        scripts.push({ name: nameOf(file, experiment, format, scripts), experiment, text });
      });
      if ((await run.ended) !== 'done') isComplete = false;
    }
  } finally {
    await client.dispose();
  }
  return isComplete ? scripts : null;
}

function requestOf(file: string, format: ScriptFormat, { experiment, seeds, steps, full }: TrainingOptions) {
  return {
    file: path.resolve(file),
    experiments: experiment === undefined ? null : [experiment],
    as: scriptFormats[format],
    instead: { seeds: seeds ?? null, steps: steps ?? null, full: full ?? false },
    unsaved: [],
  };
}

/** `sparse_classifier.py`: named after the experiment, and where two share a name, after their files, too. */
function nameOf(file: string, experiment: string, format: ScriptFormat, others: readonly Script[]): string {
  const plain = (text: string) =>
    text
      .normalize('NFKD')
      .replace(/[^A-Za-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .toLowerCase();
  const stem = plain(path.basename(file).replace(/\.lab\.[cm]?[jt]s$/, ''));
  const own = plain(experiment) || stem || 'experiment';
  const ending = format === 'jax' ? '_jax.py' : '.py';
  const isFree = (name: string) => !others.some((other) => other.name === `${name}${ending}`);
  let name = isFree(own) ? own : `${stem}_${own}`;
  for (let i = 2; !isFree(name); i++) name = `${stem}_${own}_${i}`;
  return `${name}${ending}`;
}

/**
 * Numbers in documents that come from runs of the gallery. A number stands between two comments,
 * `<!-- sparse-classifier: GD · w = θ · test.error % -->30 %<!-- -->`: file, optimizer, parameterization, field (a mean over
 * the seeds), and `%` for a share. With a fifth part, `examples 40`, it is that of one point of a sweep.
 */
import type { RunResult } from '../../extension/lab/results.ts';

const MARKED = /<!-- ([\w-]+): ([^·>]+)·([^·>]+)·([^·>]+?)(?:·([^·>]+))? -->[^<]*<!-- -->/g;

/** The files whose runs a document quotes. */
export function filesQuoted(text: string): string[] {
  return [...new Set([...text.matchAll(MARKED)].map(([, file]) => file!))];
}

/**
 * The document with the numbers of the given runs.
 * @throws if there is no such run, or it has no such field
 */
export function withNumbers(text: string, runsOf: (file: string) => readonly RunResult[]): string {
  return text.replace(MARKED, (whole: string, file: string, ...rest: string[]) => {
    const [optimizer, parameterization, wanted, point] = rest.slice(0, 4).map((part) => part?.trim());
    const [field, unit] = wanted!.split(' ');
    const runs = runsOf(file).filter(
      (run) =>
        run.optimizer === optimizer &&
        run.parameterization === parameterization &&
        (!point || Object.entries(run.point ?? {}).some(([axis, value]) => `${axis} ${value}` === point)),
    );
    const values = runs.map((run) => at(run, field!.split('.')));
    if (values.length === 0 || values.some((value) => !Number.isFinite(value))) {
      throw new Error(`there is no number for ${whole}`);
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const shown = unit === '%' ? `${(100 * mean).toFixed(0)} %` : String(Number(mean.toPrecision(2)));
    return whole.replace(/-->[^<]*<!-- -->$/, `-->${shown}<!-- -->`);
  });
}

function at(run: RunResult, path: readonly string[]): number {
  return Number(path.reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], run));
}

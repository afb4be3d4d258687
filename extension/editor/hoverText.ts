/** The table shown when the pointer rests on an experiment or a parameterization. */
import type { Quantities, RunResult } from '../lab/results.ts';
import type { ExperimentView } from '../runs/record.ts';
import { type Measure, mean, measureOf } from './cells.ts';
import { numberText } from './resultText.ts';

/** Markdown; null where there are no results. @param parameterization null for all of them */
export function hoverText(view: ExperimentView, parameterization: string | null): string | null {
  const measure = measureOf(view);
  if (!view.grid || !measure || view.runs.length === 0) return null;
  const rows = view.grid.parameterizations
    .filter((name) => parameterization === null || name === parameterization)
    .flatMap((name) =>
      view.grid!.optimizers.flatMap((optimizer) => {
        const runs = view.runs.filter((run) => run.parameterization === name && run.optimizer === optimizer.name);
        return runs.length > 0 ? [row(name, optimizer.name, runs, measure)] : [];
      }),
    );
  if (rows.length === 0) return null;
  const header = ['', '', `train ${errorName(measure)}`, `test ${errorName(measure)}`, 'gap', 'train loss', 'seeds'];
  const lines = [`| ${header.join(' | ')} |`, `| :-- | :-- | --: | --: | --: | --: | --: |`, ...rows];
  const sentence = parameterization === null && view.summary ? `${escaped(view.summary.sentence)}\n\n` : '';
  const stale = view.stale ? '\n\n_These results are of an earlier text._' : '';
  return `${sentence}${lines.join('\n')}${stale}`;
}

const errorName = ({ isShare }: Measure) => (isShare ? 'error' : 'RMSE');

function row(parameterization: string, optimizer: string, runs: readonly RunResult[], measure: Measure): string {
  const average = (pick: (run: RunResult) => Quantities | null, of: keyof Quantities) => {
    const values = runs.flatMap((run) => pick(run)?.[of] ?? []);
    return values.length > 0 ? mean(values) : null;
  };
  const cell = (value: number | null, as: Measure) => (value === null ? '–' : numberText(value, as));
  const loss: Measure = { name: 'loss', isShare: false };
  const fields = [
    `**${escaped(parameterization)}**`,
    escaped(optimizer),
    cell(
      average(({ train }) => train, 'error'),
      measure,
    ),
    cell(
      average(({ test }) => test, 'error'),
      measure,
    ),
    cell(
      average(({ gap }) => gap, 'error'),
      measure,
    ),
    cell(
      average(({ train }) => train, 'loss'),
      loss,
    ),
    String(new Set(runs.map(({ seed }) => seed)).size),
  ];
  return `| ${fields.join(' | ')} |`;
}

/** A user's words in Markdown stay as they are. */
export const escaped = (text: string): string =>
  text.replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&').replaceAll('\n', ' ');

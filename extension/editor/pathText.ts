/** Texts beside and over an optimizer: how far the paths of the parameterizations differ under it. */
import { pathsText } from '../lab/metrics/finding.ts';
import { shownName } from '../report/shownName.ts';
import type { ExperimentView } from '../runs/record.ts';
import { escaped } from './escaped.ts';

/** For example `one path: differ by up to 0.4 %`; empty before the runs have ended, and with one parameterization. */
export function optimizerText({ summary }: ExperimentView, optimizer: string): string {
  const paths = pathsUnder(summary, optimizer);
  return paths ? pathsText(paths) : '';
}

/** Markdown; null if there is nothing to show. */
export function optimizerHover(view: ExperimentView, optimizer: string): string | null {
  const { summary, grid, stale } = view;
  const paths = pathsUnder(summary, optimizer);
  if (!summary || !paths) return null;
  const description = grid?.optimizers.find(({ name }) => name === optimizer)?.description ?? '';
  const isPlain = shownName(optimizer) === optimizer && !/['`\\]/.test(optimizer);
  const name = isPlain ? `'${optimizer}'` : '…';
  const parts = [
    `**${escaped(shownName(optimizer))}**${description ? ` · ${escaped(description)}` : ''}`,
    `${escaped(pathsText(paths))} of the distance travelled`,
    `The relative path distance, \`result.invariance(${name})\`, is ${Number(paths.distance.toPrecision(2))}: for any two parameterizations the largest distance between their ${summary.space ?? 'places in function space'} at one time, divided by the distance that either has travelled. Paths that differ by less than 10 % count as one. Natural gradient flow takes one path where the parameterizations can move in every direction; finite steps and damping separate them.`,
    ...(stale ? ['_These results belong to an earlier version of the text._'] : []),
  ];
  return parts.join('\n\n');
}

/** Optimizers may have any name, those of `Object.prototype` among them. */
const pathsUnder = (summary: ExperimentView['summary'], optimizer: string) =>
  summary && Object.hasOwn(summary.paths, optimizer) ? summary.paths[optimizer] : undefined;

/** The words beside an optimizer, and over it: how far the paths of the parameterizations part under it. */
import { pathsText } from '../lab/metrics/finding.ts';
import type { ExperimentView } from '../runs/record.ts';
import { escaped } from './hoverText.ts';

/** For example `one path: apart by 0.4 %`; empty before the runs have ended, and where there is one parameterization. */
export function optimizerText({ summary }: ExperimentView, optimizer: string): string {
  const paths = summary?.paths[optimizer];
  return paths ? pathsText(paths) : '';
}

/** Markdown; null where there is nothing to say. */
export function optimizerHover(view: ExperimentView, optimizer: string): string | null {
  const { summary, grid, stale } = view;
  const paths = summary?.paths[optimizer];
  if (!summary || !paths) return null;
  const description = grid?.optimizers.find(({ name }) => name === optimizer)?.description ?? '';
  const distance = summary.invariance[optimizer];
  const name = /['`\\\n]/.test(optimizer) ? '…' : `'${optimizer}'`;
  const parts = [
    `**${escaped(optimizer)}**${description ? ` · ${escaped(description)}` : ''}`,
    `${escaped(pathsText(paths))} of the way gone`,
    `For any two parameterizations: how far their ${summary.space ?? 'places in function space'} are from one another at one time, at most, as a share of the longest way that either has gone. Paths that part by less than 10 % count as one. Natural gradient flow takes one path where the parameterizations can move in every direction; steps of finite length and damping part it.`,
    ...(distance === null || distance === undefined
      ? []
      : [
          `\`result.invariance(${name})\` is ${Number(distance.toPrecision(2))}: at each time as a share of the way gone until then.`,
        ]),
    ...(stale ? ['_These results are of an earlier text._'] : []),
  ];
  return parts.join('\n\n');
}

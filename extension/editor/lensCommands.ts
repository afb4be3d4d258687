/** The commands of the code lenses above one experiment. */
import type * as vscode from 'vscode';
import { shownName, shownText, withoutIcons } from '../report/shownName.ts';
import { storedText } from '../report/storedText.ts';
import { type ExperimentView, isBusy } from '../runs/record.ts';
import type { LensKind } from './lensKinds.ts';
import { outcomeText, progressText } from './lensText.ts';
import { oncePer } from './once.ts';

/** Lines of a tooltip. */
const MOST_LINES = 40;

/** Views do not change: a new one takes the place of each. */
const outcomeOf = oncePer((view: ExperimentView) => {
  const text = outcomeText(view);
  return text && withoutIcons(shownName(text, 200));
});

/** What the lenses of an experiment say besides its results. */
export interface LensState {
  isLive: boolean;
  /** Whether it has pinned runs. */
  isPinned: boolean;
  isShown(kind: LensKind): boolean;
}

/** The lenses of an experiment with a literal name. @param view null before it is known */
export function namedCommands(
  uri: vscode.Uri,
  name: string,
  view: ExperimentView | null,
  { isLive, isPinned, isShown }: LensState,
): vscode.Command[] {
  const command = (title: string, id: string, tooltip: string): vscode.Command => ({
    title,
    command: id,
    tooltip,
    arguments: [uri, name],
  });
  const live = isLive
    ? command('$(sync) Live: on', 'depthLab.toggleLive', 'Runs again while you type. Click to turn it off')
    : command('$(sync) Live', 'depthLab.toggleLive', 'Run now, and again while you type');
  const all: [LensKind, vscode.Command | null][] =
    view && isBusy(view)
      ? [
          ['run', command('$(debug-stop) Stop', 'depthLab.stop', 'Stop this run')],
          ['live', live],
          ['outcome', command(`$(loading~spin) ${progressText(view)}`, 'depthLab.showResults', 'Show the results')],
        ]
      : [
          ['run', command('$(play) Run', 'depthLab.run', 'Run this experiment')],
          ['live', live],
          ['outcome', outcomeCommand(view, command)],
        ];
  const compare = command(
    '$(diff) Compare',
    'depthLab.compareWithPinned',
    'Compare the text with that of a pinned run',
  );
  return [...all, ['compare', isPinned ? compare : null] as const].flatMap(([kind, one]) =>
    one && isShown(kind) ? [one] : [],
  );
}

function outcomeCommand(
  view: ExperimentView | null,
  command: (title: string, id: string, tooltip: string) => vscode.Command,
): vscode.Command | null {
  const outcome = view && outcomeOf(view);
  return outcome ? command(outcome, 'depthLab.showResults', outcomeTooltip(view)) : null;
}

/** The lens that stands beside the others in a folder that is not trusted. */
export const restrictedCommand: vscode.Command = {
  title: '$(shield) Nothing runs: the folder is not trusted',
  command: 'workbench.trust.manage',
  tooltip: 'Experiments are code. Click to see what trusting this folder means',
};

/** How many lenses {@link namedCommands} gives. */
export const namedCount = (
  view: ExperimentView | null,
  { isPinned, isShown }: Pick<LensState, 'isPinned' | 'isShown'>,
): number =>
  Number(isShown('run')) +
  Number(isShown('live')) +
  Number(isShown('compare') && isPinned) +
  Number(isShown('outcome') && view !== null && (isBusy(view) || outcomeOf(view) !== null));

/** The lenses of a call with a computed name. @param views the experiments that it created */
export function computedCommands(uri: vscode.Uri, views: readonly ExperimentView[]): vscode.Command[] {
  const all: vscode.Command = {
    title: '$(run-all) Run all (names are computed)',
    command: 'depthLab.runAll',
    tooltip: 'Experiments with computed names: they are known only when the file runs',
    arguments: [uri],
  };
  const outcomes = views.map((view) => ({
    title: `${withoutIcons(shownName(view.experiment))}: ${isBusy(view) ? progressText(view) : outcomeOf(view)}`,
    command: 'depthLab.showResults',
    tooltip: outcomeTooltip(view),
    arguments: [uri, view.experiment],
  }));
  return [all, ...outcomes];
}

function outcomeTooltip({ finishedAt, failure, claims, notes, runs }: ExperimentView): string {
  const lines = failure ? [shownText(failure.message), ...(failure.hint ? [shownText(failure.hint)] : [])] : [];
  for (const { claim, holds, error } of claims.slice(0, MOST_LINES)) {
    lines.push(`${holds ? '✓' : '✗'} ${shownName(claim)}${error ? ` (${shownName(error, 200)})` : ''}`);
  }
  if (claims.length > MOST_LINES) lines.push(`… and ${claims.length - MOST_LINES} more claims`);
  lines.push(...notes.map((note) => shownName(note, 300)));
  const stored = storedText(runs);
  if (stored) lines.push(`${stored[0]!.toUpperCase()}${stored.slice(1)}`);
  if (finishedAt !== null) lines.push(`Finished ${new Date(finishedAt).toLocaleTimeString()}`);
  return [...lines, 'Click to show the results'].join('\n');
}

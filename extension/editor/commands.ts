import * as vscode from 'vscode';
import { readExportRequest } from '../report/exportRequest.ts';
import type { GridPlan } from '../report/grid.ts';
import type { Wishes } from '../runs/engine.ts';
import { isBusy } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import { documentAt } from './contents.ts';
import { ExperimentNode } from './experimentTree.ts';
import type { Exports } from './exports.ts';
import type { RunHistory, Target } from './history.ts';
import type { LabDocuments } from './labDocuments.ts';
import { isLabDocument } from './labFiles.ts';
import type { Live } from './live.ts';
import type { PythonCopies } from './pythonCopies.ts';
import { cellsAtCursor, readCells } from './runOnly.ts';
import { throttled } from './throttled.ts';
import { requireTrust } from './trust.ts';
import { askForSeeds, askForSteps, gridOf } from './wishes.ts';

/** What the commands act on. */
export interface CommandTargets {
  documents: LabDocuments;
  runs: RunService;
  live: Live;
  history: RunHistory;
  exports: Exports;
  pythonCopies: PythonCopies;
  /** Shows an experiment in the results panel. */
  showResults(file: string, experiment: string): void;
  /** Shows it in a further panel. */
  showBeside(file: string, experiment: string): void;
}

/** The commands on experiments. A code lens passes the file and the experiment's name; otherwise the cursor decides. */
export function registerCommands(targets: CommandTargets): vscode.Disposable {
  const { documents, runs, live, history, exports, pythonCopies, showResults, showBeside } = targets;

  const command = (name: string, action: (uri?: vscode.Uri, experiment?: string, more?: unknown) => unknown) =>
    vscode.commands.registerCommand(`depthLab.${name}`, (at: unknown, experiment: unknown, more: unknown) => {
      // The menu of an experiment in the activity bar passes the experiment.
      if (at instanceof ExperimentNode) return action(vscode.Uri.file(at.row.file), at.row.experiment);
      const uri = at instanceof vscode.Uri ? at : undefined;
      return action(uri, typeof experiment === 'string' ? experiment : undefined, more);
    });

  const run = (file: string, experiment: string, wishes?: Wishes) => {
    showResults(file, experiment);
    runs.start(file, [experiment], wishes);
  };
  /** Runs an experiment with what `ask` says of its last grid. */
  const more = (ask: (grid: GridPlan) => Promise<Wishes | null>) => async (uri?: vscode.Uri, experiment?: string) => {
    const target = await find(documents, uri, experiment);
    const grid = target && requireTrust() ? gridOf(runs, target.file, target.experiment) : null;
    const wishes = grid && (await ask(grid));
    if (target && wishes) run(target.file, target.experiment, wishes);
  };

  const onTarget = (act: (target: Target) => Promise<void>) => async (uri?: vscode.Uri, experiment?: string) => {
    const target = await find(documents, uri, experiment);
    if (target && requireTrust()) await act(target);
  };

  return vscode.Disposable.from(
    command('run', async (uri, experiment) => {
      const target = await find(documents, uri, experiment);
      if (target && requireTrust()) run(target.file, target.experiment);
    }),
    command('runOnly', async (uri, experiment, named) => {
      const target = await find(documents, uri, experiment);
      if (!target || !requireTrust()) return;
      const only = readCells(named) ?? cellsAtCursor(documents, target);
      if (only) run(target.file, target.experiment, { only });
    }),
    command('stopAll', () => runs.stopAll()),
    command('runFresh', async (uri, experiment) => {
      const target = await find(documents, uri, experiment);
      if (target && requireTrust()) run(target.file, target.experiment, { fresh: true });
    }),
    command('moreSeeds', more(askForSeeds)),
    command('moreSteps', more(askForSteps)),
    command(
      'showHistory',
      onTarget((target) => history.show(target)),
    ),
    command(
      'pin',
      onTarget((target) => history.pin(target)),
    ),
    command(
      'compareWithPinned',
      onTarget((target) => history.compareWithPinned(target)),
    ),
    command('export', async (uri, experiment, request) => {
      const target = await find(documents, uri, experiment);
      if (target && requireTrust()) await exports.start(target, readExportRequest(request));
    }),
    command(
      'copyAsPython',
      onTarget((target) => pythonCopies.copy(target, 'numpy')),
    ),
    command(
      'copyAsJax',
      onTarget((target) => pythonCopies.copy(target, 'jax')),
    ),
    command('runAll', async (uri) => {
      const document = await labDocument(uri);
      if (!document || !requireTrust()) return;
      const file = document.uri.fsPath;
      await documents.settledSoon(file);
      const named = documents.named(document);
      const isAllNamed = named.length === documents.calls(document).length && named.length > 0;
      if (named[0]) showResults(file, named[0].name);
      runs.start(file, isAllNamed ? named.map(({ name }) => name) : null);
    }),
    command('stop', (uri, experiment) => {
      if (uri && experiment !== undefined) runs.stop(uri.fsPath, experiment);
      else runs.stopAll();
    }),
    command('toggleLive', async (uri, experiment) => {
      const target = await find(documents, uri, experiment);
      if (!target || !requireTrust()) return;
      const { file } = target;
      const isOn = live.toggle(file, target.experiment);
      const view = runs.view(file, target.experiment);
      // What is on the screen runs; it need not be saved for that.
      if (isOn && !(view && isBusy(view))) run(file, target.experiment, { draft: documentAt(file)?.isDirty ?? false });
    }),
    command('showResults', async (uri, experiment) => {
      const target = await find(documents, uri, experiment);
      if (target) showResults(target.file, target.experiment);
    }),
    command('showResultsBeside', async (uri, experiment) => {
      const target = await find(documents, uri, experiment);
      if (target) showBeside(target.file, target.experiment);
    }),
    busyContext(runs),
  );
}

/** Maintains the context key that tells menus whether anything is running. */
function busyContext(runs: RunService): vscode.Disposable {
  let known: boolean | null = null;
  const refresh = throttled(50, () => {
    if (runs.busy === known) return;
    known = runs.busy;
    void vscode.commands.executeCommand('setContext', 'depthLab.running', known);
  });
  const subscription = runs.subscribe((_file, _experiment, { type }) => {
    if (type === 'status') refresh.call();
  });
  return vscode.Disposable.from(subscription, refresh);
}

async function find(
  documents: LabDocuments,
  uri: vscode.Uri | undefined,
  experiment: string | undefined,
): Promise<Target | null> {
  const document = await labDocument(uri);
  if (!document) return null;
  const file = document.uri.fsPath;
  if (experiment !== undefined) return { file, experiment };
  await documents.settledSoon(file);
  const editor = vscode.window.visibleTextEditors.find((visible) => visible.document === document);
  const call = documents.at(document, editor?.selection.active ?? new vscode.Position(0, 0));
  if (call) return { file, experiment: call.name };
  void vscode.window.showInformationMessage('This file contains no named experiment.');
  return null;
}

/** The given document, otherwise the active one, otherwise a visible lab file (the results panel may be active). */
async function labDocument(uri: vscode.Uri | undefined): Promise<vscode.TextDocument | null> {
  if (uri) return vscode.workspace.openTextDocument(uri);
  const editors = [vscode.window.activeTextEditor, ...vscode.window.visibleTextEditors];
  const document = editors.map((editor) => editor?.document).find((candidate) => candidate && isLabDocument(candidate));
  if (document) return document;
  void vscode.window.showInformationMessage('Open a lab file (*.lab.ts) first.');
  return null;
}

/** `Depth Lab: Export`: figures, tables and reports of an experiment, by the command line in a process of its own. */
import { fork } from 'node:child_process';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ExportRequest } from '../report/exportRequest.ts';
import { shownName } from '../report/shownName.ts';
import type { RunSettings } from '../runs/engine.ts';
import { askForLook, type Kind, kindsOf } from './exportKinds.ts';
import type { Target } from './history.ts';

export interface ExportsOptions {
  /** The command line's script. */
  cli: string;
  settings(file: string): RunSettings;
  /** Makes the file on the disk the one that is edited; false if the user gave up. */
  prepare(file: string): boolean | Promise<boolean>;
}

export class Exports {
  constructor(private readonly options: ExportsOptions) {}

  /** @param request what the panel asks for; null for the whole experiment, as it is without a panel */
  async start({ file, experiment }: Target, request: ExportRequest | null): Promise<void> {
    const what = shownName(request?.tile ? `${request.tile.title}: ${experiment}` : experiment);
    const kind = await vscode.window.showQuickPick(kindsOf(request?.tile ?? null), { title: `Export ${what}` });
    const look = kind?.isFigure ? await askForLook(file, request?.view) : [];
    const out = kind && look && (await place(file, experiment, kind));
    if (!kind || !look || !out || !(await this.options.prepare(file))) return;
    const args = [...kind.args, file, '--experiment', experiment, '--out', out, ...this.training(file), ...look];
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `${kind.label}: ${what}`,
      cancellable: true,
    };
    const { status, errors } = await vscode.window.withProgress(options, (_progress, token) =>
      commandLine(this.options.cli, args, token),
    );
    if (status === 0) await tell(out);
    else if (status !== null) void vscode.window.showErrorMessage(`Depth Lab: ${shownName(lastLine(errors), 300)}`);
  }

  /** What is stored is taken from where the editor keeps it. */
  private training(file: string): string[] {
    const { engine, workers, store } = this.options.settings(file);
    const threads = workers === null ? [] : ['--workers', String(workers)];
    return ['--engine', engine, ...threads, ...(store ? ['--store', store.folder] : ['--no-store'])];
  }
}

/** Asks for a folder or a file; undefined if the user gave up. */
async function place(file: string, experiment: string, { label, ending }: Kind): Promise<string | undefined> {
  const folder = path.dirname(file);
  if (ending) {
    const name = `${experiment.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || 'report'}.${ending}`;
    const defaultUri = vscode.Uri.file(path.join(folder, name));
    return (await vscode.window.showSaveDialog({ defaultUri, title: label, filters: { [label]: [ending] } }))?.fsPath;
  }
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    defaultUri: vscode.Uri.file(folder),
    openLabel: 'Export Here',
    title: label,
  });
  return chosen?.[0]?.fsPath;
}

interface Ended {
  /** Null if it was canceled. */
  status: number | null;
  errors: string;
}

function commandLine(cli: string, args: readonly string[], token: vscode.CancellationToken): Promise<Ended> {
  return new Promise((resolve) => {
    const child = fork(cli, [...args], { silent: true });
    let errors = '';
    child.stdout?.resume();
    child.stderr?.on('data', (text: Buffer) => {
      errors = (errors + text.toString()).slice(-10_000);
    });
    token.onCancellationRequested(() => child.kill('SIGINT'));
    child.on('error', (error) => resolve({ status: 2, errors: error.message }));
    child.on('close', (status) => resolve({ status: token.isCancellationRequested ? null : (status ?? 2), errors }));
  });
}

async function tell(out: string): Promise<void> {
  const open = 'Show in Explorer';
  const chosen = await vscode.window.showInformationMessage(`Exported to ${shownName(out, 300)}.`, open);
  if (chosen === open) await vscode.commands.executeCommand('revealInExplorer', vscode.Uri.file(out));
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? 'the export failed';

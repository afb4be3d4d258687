import * as vscode from 'vscode';
import { codeLimitsOf, EngineClient } from '../engine/client.ts';
import type { CodeLimits, EngineChoice } from '../engine/protocol.ts';
import type { Engine } from './runService.ts';

export type { EngineChoice };

/** One engine process per workspace folder, started on the first run in the folder. */
export class EngineProcesses implements vscode.Disposable {
  private readonly clients = new Map<string, EngineClient>();
  private readonly folders: vscode.Disposable;
  /** The output of lab files. */
  private readonly output = vscode.window.createOutputChannel('Depth Lab');

  constructor(private readonly enginePath: string) {
    this.folders = vscode.workspace.onDidChangeWorkspaceFolders(({ removed }) => {
      for (const folder of removed) this.end(folder.uri.toString());
    });
  }

  /** The engine of the folder that contains a file; files outside of all folders share one engine. */
  for(file: string): Engine {
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.toString() ?? '';
    const client =
      this.clients.get(folder) ??
      new EngineClient({
        enginePath: this.enginePath,
        limits: codeLimits,
        onOutput: (text) => this.output.append(text),
      });
    this.clients.set(folder, client);
    return client;
  }

  dispose(): void {
    this.folders.dispose();
    this.output.dispose();
    for (const folder of [...this.clients.keys()]) this.end(folder);
  }

  private end(folder: string): void {
    this.clients.get(folder)?.dispose();
    this.clients.delete(folder);
  }
}

/** The user's engine settings. */
export function engineSettings(): { engine: EngineChoice; workers: number | null } {
  const settings = vscode.workspace.getConfiguration('depthLab');
  const chosen = settings.get<unknown>('engine');
  const workers = settings.get<unknown>('workers');
  return {
    engine: chosen === 'cpu' || chosen === 'gpu' ? chosen : 'auto',
    workers: typeof workers === 'number' && Number.isInteger(workers) && workers > 0 ? workers : null,
  };
}

/** The user's limits of the code of lab files. */
function codeLimits(): CodeLimits {
  const settings = vscode.workspace.getConfiguration('depthLab.code');
  const positive = (name: string) => {
    const value = settings.get<unknown>(name);
    return typeof value === 'number' && value > 0 ? value : undefined;
  };
  return codeLimitsOf(positive('timeLimit'), positive('memoryLimit'));
}

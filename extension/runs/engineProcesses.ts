import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { codeLimitsOf, EngineClient } from '../engine/client.ts';
import type { CodeLimits, EngineChoice, StoreRequest } from '../engine/protocol.ts';
import type { Recalled } from '../report/recalled.ts';
import { chosenStore, STORE_VARIABLE } from '../store/location.ts';
import type { RunSettings } from './runService.ts';

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
  for(file: string): EngineClient {
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

  /** Asks for what is stored of experiments of a file. Starts no process where there is no store. */
  recall(file: string, experiments: string[], onRecalled: (recalled: Recalled) => void): void {
    const store = storeOfSettings(file);
    if (store && existsSync(store.folder)) this.for(file).recall({ file, experiments, store }, onRecalled);
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

/** The user's settings for runs of a file. */
export function runSettings(file: string): RunSettings {
  return { ...engineSettings(), store: storeOfSettings(file) };
}

/** The user's engine settings. */
export function engineSettings(): Pick<RunSettings, 'engine' | 'workers'> {
  const settings = vscode.workspace.getConfiguration('depthLab');
  const chosen = settings.get<unknown>('engine');
  const workers = settings.get<unknown>('workers');
  return {
    engine: chosen === 'cpu' || chosen === 'gpu' ? chosen : 'auto',
    workers: typeof workers === 'number' && Number.isInteger(workers) && workers > 0 ? workers : null,
  };
}

/** Where the runs of a file are kept; null for nowhere. */
export function storeOfSettings(file: string): StoreRequest | null {
  const chosen = vscode.workspace.getConfiguration('depthLab', vscode.Uri.file(file)).get<unknown>('store');
  const named = typeof chosen === 'string' && chosen !== '' ? chosen : undefined;
  const folder = chosenStore(file, named === 'off' ? false : named, process.env[STORE_VARIABLE]);
  return folder === null ? null : { folder, fresh: false, exact: false };
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

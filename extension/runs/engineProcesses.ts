import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { codeLimitsOf, EngineClient } from '../engine/client.ts';
import type { CodeLimits, EngineChoice, ExplainedAs, StoreRequest } from '../engine/protocol.ts';
import type { Inspection } from '../lab/results.ts';
import type { Failure } from '../report/failure.ts';
import type { HistoryEntry } from '../report/history.ts';
import type { Recalled, SourceText } from '../report/recalled.ts';
import type { ExperimentView } from '../report/view.ts';
import { chosenStore, STORE_LIMIT, STORE_VARIABLE } from '../store/location.ts';
import type { RunSettings } from './engine.ts';
import type { Pin } from './pinned.ts';

export type { EngineChoice };

/** One engine process per workspace folder, started on the first run in the folder. */
export class EngineProcesses implements vscode.Disposable {
  private readonly clients = new Map<string, EngineClient>();
  private readonly folders: vscode.Disposable;
  /** The output of lab files. */
  private readonly output = vscode.window.createOutputChannel('Depth Lab');

  /** @param storage a folder for stores that cannot be written where they belong */
  constructor(
    private readonly enginePath: string,
    private readonly storage: string,
  ) {
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
        isBeside: true,
        onOutput: (text) => this.output.append(text),
      });
    this.clients.set(folder, client);
    return client;
  }

  /** Starts the engine of a file before anything is asked of it. */
  warm(file: string): void {
    this.for(file).warm(engineSettings().workers);
  }

  /** What the compiler makes of an experiment, or what is wrong with it. */
  async explain(file: string, experiment: string, unsaved: SourceText[]): Promise<string> {
    const answer = await this.shownAs(file, experiment, 'text', unsaved);
    if (answer === null) return '';
    return 'text' in answer ? answer.text : [answer.failure.message, answer.failure.hint ?? ''].join('\n');
  }

  /** An experiment in words or as a script in Python, or why it cannot be one; null if the engine has ended. */
  async shownAs(
    file: string,
    experiment: string,
    as: ExplainedAs,
    unsaved: SourceText[],
  ): Promise<{ text: string } | { failure: Failure } | null> {
    let answer: { text: string } | { failure: Failure } | null = null;
    const asked = { file, experiments: [experiment], as, instead: { seeds: null, steps: null }, unsaved };
    await this.for(file).explain(asked, (event) => {
      if (event.type === 'explained') answer = { text: event.text };
      if (event.type === 'failed') answer ??= { failure: event.failure };
    }).ended;
    return answer;
  }

  /**
   * What can be said of the parameterizations of an experiment without training; null if the file is wrong, or if it
   * takes longer.
   * @param rates whether also a rate is wanted at which no stored run diverges
   * @param limit milliseconds
   */
  async inspect(
    file: string,
    experiment: string,
    { unsaved, rates, limit }: { unsaved: SourceText[]; rates: boolean; limit: number },
  ): Promise<Inspection | null> {
    let inspection: Inspection | null = null;
    const asked = { file, experiments: [experiment], store: this.storeOf(file), rates, unsaved };
    const request = this.for(file).inspect(asked, (event) => {
      if (event.type === 'inspected') inspection = event.inspection;
    });
    const timer = setTimeout(() => request.cancel(), limit);
    await request.ended;
    clearTimeout(timer);
    return inspection;
  }

  /** Asks for what is stored of experiments of a file. Starts no process where there is no store. */
  recall(file: string, experiments: string[], onRecalled: (recalled: Recalled) => void): void {
    const store = this.storeOf(file);
    const latest = experiments.map((experiment) => ({ experiment, record: null }));
    if (store) this.for(file).recall({ file, experiments: latest, store }, onRecalled);
  }

  /** The latest results of an experiment that are stored; null if there are none. */
  async latest(file: string, experiment: string): Promise<ExperimentView | null> {
    return (await this.recallRecord(file, experiment, null))?.view ?? null;
  }

  /** An earlier run of an experiment, by its record, or with null the latest; null if it is not stored. */
  async recallRecord(file: string, experiment: string, record: string | null): Promise<Recalled | null> {
    const store = this.storeOf(file);
    let found: Recalled | null = null;
    if (!store) return null;
    await this.for(file).recall({ file, experiments: [{ experiment, record }], store }, (recalled) => {
      found = recalled;
    }).ended;
    return found;
  }

  /** The history of an experiment, the latest first. @param pins records to pin or to unpin before */
  async history(file: string, experiment: string, pins: Pin[] = []): Promise<HistoryEntry[]> {
    const store = this.storeOf(file);
    return store ? this.for(file).history({ of: { file, experiment }, pins, store }) : [];
  }

  /** Lets the history of a lab file, or of those of a folder, follow it within its store. */
  async moveHistory(from: string, to: string): Promise<void> {
    const store = this.storeOf(to);
    if (store && store.folder === this.storeOf(from)?.folder)
      await this.for(to).history({ of: null, moved: { from, to }, pins: [], store });
  }

  /** The latest record of every experiment in the stores of some files; each store is asked once. */
  async allHistory(files: readonly string[]): Promise<HistoryEntry[]> {
    const stores = new Map<string, { file: string; store: StoreRequest }>();
    // Files of one folder have one store.
    for (const file of new Map(files.map((one) => [path.dirname(one), one])).values()) {
      const store = this.storeOf(file);
      if (store) stores.set(store.folder, { file, store });
    }
    const asked = [...stores.values()].map(({ file, store }) => this.for(file).history({ of: null, pins: [], store }));
    return (await Promise.all(asked)).flat();
  }

  /** The store of a file, if there is one: none is made, and no process started, to look for what is not there. */
  private storeOf(file: string): StoreRequest | null {
    const store = storeOfSettings(file, this.storage);
    return store && existsSync(store.folder) ? store : null;
  }

  /** The user's settings for runs of a file. */
  settings(file: string): RunSettings {
    return { ...engineSettings(), store: storeOfSettings(file, this.storage) };
  }

  dispose(): void {
    this.folders.dispose();
    this.output.dispose();
    for (const folder of [...this.clients.keys()]) this.end(folder);
  }

  private end(folder: string): void {
    void this.clients.get(folder)?.dispose();
    this.clients.delete(folder);
  }
}

/** The user's engine settings. */
export function engineSettings(): Pick<RunSettings, 'engine' | 'workers' | 'native'> {
  const settings = vscode.workspace.getConfiguration('depthLab');
  const chosen = settings.get<unknown>('engine');
  const workers = settings.get<unknown>('workers');
  return {
    engine: chosen === 'cpu' || chosen === 'gpu' ? chosen : 'auto',
    workers: typeof workers === 'number' && Number.isInteger(workers) && workers > 0 ? workers : null,
    native: settings.get<unknown>('nativeCode') !== false,
  };
}

/** Where the runs of a file are kept; null for nowhere. */
function storeOfSettings(file: string, storage: string): StoreRequest | null {
  const uri = vscode.Uri.file(file);
  const settings = vscode.workspace.getConfiguration('depthLab', uri);
  const chosen = settings.get<unknown>('store');
  const named = typeof chosen === 'string' && chosen !== '' ? chosen : undefined;
  const from = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? path.dirname(file);
  const choice = named === 'off' ? false : named && path.resolve(from, named);
  const folder = chosenStore(file, choice, process.env[STORE_VARIABLE], storage);
  const size = settings.get<unknown>('storeLimit');
  const limit = (typeof size === 'number' && size > 0 ? size : STORE_LIMIT) * 2 ** 30;
  return folder === null ? null : { folder, fresh: false, exact: false, limit };
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

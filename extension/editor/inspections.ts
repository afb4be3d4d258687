/** What can be said of parameterizations before they have run: the engine is asked when a hover wants to know. */
import * as vscode from 'vscode';
import type { Inspection } from '../lab/results.ts';
import type { EngineProcesses } from '../runs/engineProcesses.ts';
import { unsavedTexts } from './contents.ts';

/** Milliseconds that an answer may take: a hover does not wait as long as somebody who has chosen to look for a rate. */
const LIMIT = 5000;
const LIMIT_WITH_RATES = 30_000;

/** Milliseconds for which an answer is kept: files that are not open may change unseen. */
const LASTING = 60_000;

interface Known {
  answer: Promise<Inspection | null>;
  /** When it was asked for. */
  since: number;
}

export class Inspections implements vscode.Disposable {
  private readonly known = new Map<string, Known>();
  private readonly edits: vscode.Disposable;

  constructor(private readonly engines: Pick<EngineProcesses, 'inspect'>) {
    // The file that is edited may be imported by any other.
    this.edits = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.uri.scheme === 'file' && contentChanges.length > 0) this.known.clear();
    });
  }

  /**
   * The inspection of an experiment as it is written now, saved or not; null where the file is wrong or takes too long,
   * and where it must not be loaded.
   */
  of(file: string, experiment: string): Promise<Inspection | null> {
    const isWanted = vscode.workspace.getConfiguration('depthLab').get<unknown>('inspectOnHover') !== false;
    return isWanted ? this.ask(file, experiment, false) : Promise.resolve(null);
  }

  /** The same, with rates at which no stored run diverges, whatever is to happen when the pointer rests. */
  withRates(file: string, experiment: string): Promise<Inspection | null> {
    return this.ask(file, experiment, true);
  }

  private ask(file: string, experiment: string, rates: boolean): Promise<Inspection | null> {
    if (!vscode.workspace.isTrusted) return Promise.resolve(null);
    const key = JSON.stringify([file, experiment, rates]);
    const now = performance.now();
    const before = this.known.get(key);
    if (before && now - before.since < LASTING) return before.answer;
    const limit = rates ? LIMIT_WITH_RATES : LIMIT;
    const answer = this.engines.inspect(file, experiment, { unsaved: unsavedTexts(), rates, limit });
    this.known.set(key, { answer, since: now });
    return answer;
  }

  dispose(): void {
    this.edits.dispose();
  }
}

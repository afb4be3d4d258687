import * as vscode from 'vscode';
import type { FoundCall } from '../definitions/index.ts';
import type { PinnedRuns } from '../runs/pinned.ts';
import type { ExperimentView } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import { guarded, guardedAsync } from './guarded.ts';
import type { LabDocuments } from './labDocuments.ts';
import { computedCommands, namedCommands, namedCount, restrictedCommand } from './lensCommands.ts';
import { lensKinds } from './lensKinds.ts';
import type { Live } from './live.ts';
import { editorRange } from './ranges.ts';
import { throttled } from './throttled.ts';

/** Files with more calls get the words of a lens when it comes into view. */
const MANY_CALLS = 200;

/** A lens that has no words yet. */
class LaterLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly words: () => vscode.Command | undefined,
  ) {
    super(range);
  }
}

/** The code lenses above each experiment: commands, progress, outcome. */
export class Lenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: vscode.Disposable[] = [this.changed];

  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    private readonly documents: LabDocuments,
    private readonly runs: RunService,
    private readonly live: Live,
    private readonly pinned: Pick<PinnedRuns, 'of' | 'subscribe'>,
  ) {
    // What VS Code asks for in answer costs more than the call itself, in proportion to the lenses on view.
    const refresh = throttled(150, () => this.changed.fire());
    // VS Code may drop a refresh while its editors are being rearranged, as happens when results open beside the editor.
    // On a busy machine that takes seconds.
    const later = [1500, 6000].map((delay) => throttled(delay, () => this.changed.fire()));
    const again = () => {
      for (const one of later) one.call();
    };
    this.disposables.push(
      refresh,
      ...later,
      runs.subscribe((file, _experiment, { type }) => {
        if (type === 'sampled' || type === 'summarized' || !isOnView(file)) return;
        refresh.call();
        again();
      }),
      pinned.subscribe((file) => isOnView(file) && refresh.call()),
      live.onDidChange(() => {
        this.changed.fire();
        again();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('depthLab.lenses')) this.changed.fire();
      }),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    return guardedAsync(async () => {
      await this.documents.settled(document);
      return this.lensesIn(document);
    }, []);
  }

  resolveCodeLens(lens: vscode.CodeLens): vscode.CodeLens {
    if (lens instanceof LaterLens) lens.command = guarded(lens.words, undefined);
    return lens;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private lensesIn(document: vscode.TextDocument): vscode.CodeLens[] {
    const calls = this.documents.calls(document);
    const computed = this.computedIn(document);
    const file = document.uri.fsPath;
    const isShown = lensKinds(document);
    return calls.flatMap((call) => {
      const range = editorRange({ start: call.range.start, end: call.nameRange.start });
      const { name } = call;
      const view = name === null ? null : this.runs.view(file, name);
      const restricted = vscode.workspace.isTrusted ? [] : [restrictedCommand];
      const isPinned = name !== null && this.pinned.of(file, name).length > 0;
      const commands = () => [
        ...(name === null
          ? computedCommands(document.uri, computed.get(call) ?? [])
          : namedCommands(document.uri, name, this.runs.view(file, name), {
              isLive: this.live.has(file, name),
              ...{ isPinned, isShown },
            })),
        ...restricted,
      ];
      if (calls.length <= MANY_CALLS) return commands().map((command) => new vscode.CodeLens(range, command));
      const count = name === null ? 1 + (computed.get(call)?.length ?? 0) : namedCount(view, { isPinned, isShown });
      return Array.from({ length: count + restricted.length }, (_, i) => new LaterLens(range, () => commands()[i]));
    });
  }

  /** The experiments created by calls with a computed name. */
  private computedIn(document: vscode.TextDocument): Map<FoundCall, ExperimentView[]> {
    const file = document.uri.fsPath;
    const found = new Map<FoundCall, ExperimentView[]>();
    for (const choice of this.runs.choices()) {
      if (choice.file !== file || choice.status === 'idle') continue;
      const view = this.runs.view(file, choice.experiment);
      const call = view?.grid && this.documents.callOf(document, choice.experiment, view.grid.line);
      if (!view || !call || call.name !== null) continue;
      const views = found.get(call) ?? [];
      views.push(view);
      found.set(call, views);
    }
    return found;
  }
}

const isOnView = (file: string) =>
  vscode.window.visibleTextEditors.some(({ document }) => document.uri.fsPath === file);

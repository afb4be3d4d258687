/** The experiments of the workspace in the activity bar, with the outcome of their latest runs. */
import * as vscode from 'vscode';
import type { ExperimentRow } from '../report/experimentRow.ts';
import { shownName, shownText } from '../report/shownName.ts';
import type { ExperimentsSource } from '../runs/experimentsSource.ts';
import { isBusy } from '../runs/record.ts';
import type { RunService } from '../runs/runService.ts';
import { escaped } from './escaped.ts';

/** A lab file with its experiments. */
class FileNode extends vscode.TreeItem {
  constructor(
    file: string,
    path: string,
    readonly experiments: ExperimentNode[],
  ) {
    super(vscode.Uri.file(file), vscode.TreeItemCollapsibleState.Expanded);
    this.id = file;
    this.label = path;
    this.contextValue = 'file';
  }
}

/** An experiment; commands of its menu are called with it. */
export class ExperimentNode extends vscode.TreeItem {
  constructor(
    readonly row: ExperimentRow,
    isRunning: boolean,
  ) {
    super(shownName(row.experiment), vscode.TreeItemCollapsibleState.None);
    const { file, experiment, latest, line } = row;
    this.id = `${file}\n${experiment}`;
    this.contextValue = line === null ? 'storedExperiment' : 'experiment';
    this.description = isRunning ? 'running' : outcomeOf(row);
    this.iconPath = isRunning ? new vscode.ThemeIcon('loading~spin') : iconOf(latest);
    this.command = { command: 'depthLab.openExperiment', title: 'Open', arguments: [this] };
    const finding = latest?.finding ? escaped(shownText(latest.finding)) : 'This experiment has not run yet.';
    const date = latest ? `\n\n_${new Date(latest.date).toLocaleString()}_` : '';
    this.tooltip = new vscode.MarkdownString(`**${escaped(shownName(experiment))}**\n\n${finding}${date}`);
  }
}

function outcomeOf({ latest, line }: ExperimentRow): string {
  if (!latest) return 'not run yet';
  const { claims, outcome, runs } = latest;
  const words = {
    finished: claims.total === 0 ? 'finished' : `${claims.held} of ${claims.total} claims hold`,
    canceled: `stopped at ${runs.ended} of ${runs.total} runs`,
    failed: 'failed',
  };
  return line === null ? `${words[outcome]}, no longer in the file` : words[outcome];
}

function iconOf(latest: ExperimentRow['latest']): vscode.ThemeIcon {
  const icon = (id: string, colour?: string) =>
    new vscode.ThemeIcon(id, colour ? new vscode.ThemeColor(colour) : undefined);
  if (!latest) return icon('circle-large-outline');
  if (latest.outcome === 'failed') return icon('error', 'testing.iconErrored');
  if (latest.outcome === 'canceled') return icon('debug-stop');
  if (latest.claims.total === 0) return icon('graph');
  const { held, total } = latest.claims;
  return held === total ? icon('pass', 'testing.iconPassed') : icon('error', 'testing.iconFailed');
}

export class ExperimentTree implements vscode.TreeDataProvider<vscode.TreeItem>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly disposables: vscode.Disposable[];

  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly source: ExperimentsSource,
    private readonly runs: RunService,
  ) {
    this.disposables = [
      this.changed,
      vscode.Disposable.from(source.onDidChange(() => this.changed.fire(undefined))),
      vscode.commands.registerCommand('depthLab.openExperiment', (node: unknown) => {
        if (node instanceof ExperimentNode) source.open(node.row);
      }),
    ];
  }

  getTreeItem(item: vscode.TreeItem): vscode.TreeItem {
    return item;
  }

  async getChildren(parent?: vscode.TreeItem): Promise<vscode.TreeItem[]> {
    if (parent) return parent instanceof FileNode ? parent.experiments : [];
    const rows = await this.source.rows();
    const files = [...new Set(rows.map(({ file }) => file))];
    return files.map((file) => {
      const own = rows.filter((row) => row.file === file);
      const nodes = own.map((row) => new ExperimentNode(row, this.isRunning(row)));
      return new FileNode(file, own[0]!.path, nodes);
    });
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private isRunning({ file, experiment }: ExperimentRow): boolean {
    const view = this.runs.view(file, experiment);
    return view !== null && isBusy(view);
  }
}

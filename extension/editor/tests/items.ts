/** Lab files, experiments and claims as the items of the Test Explorer. They are found in the texts; nothing is executed. */
import * as vscode from 'vscode';
import { findExperiments } from '../../definitions/index.ts';
import { shownName } from '../../report/shownName.ts';
import { editorRange } from '../ranges.ts';
import { currentText, workspaceLabFiles } from '../workspaceFiles.ts';

/** What an item stands for: a claim of an experiment, an experiment, or a file with all of its experiments. */
export interface TestTarget {
  file: string;
  experiment: string | null;
  claim: string | null;
}

export class TestItems {
  private readonly targets = new WeakMap<vscode.TestItem, TestTarget>();
  /** Looks at a file that are under way: the text may have changed again since the last one began. */
  private readonly looks = new Map<string, Promise<void>>();

  constructor(private readonly controller: vscode.TestController) {}

  targetOf(item: vscode.TestItem): TestTarget | undefined {
    return this.targets.get(item);
  }

  /** The item of an experiment, if it is known. */
  experiment(file: string, name: string): vscode.TestItem | undefined {
    return this.controller.items.get(file)?.children.get(name);
  }

  /** Finds everything anew. */
  async refresh(): Promise<void> {
    const uris = await workspaceLabFiles();
    const known = new Set(uris.map(({ fsPath }) => fsPath));
    this.controller.items.forEach(({ id }) => {
      if (!known.has(id)) this.controller.items.delete(id);
    });
    await Promise.all(uris.map((uri) => this.look(uri)));
  }

  /** Finds the experiments of one file anew. */
  look(uri: vscode.Uri): Promise<void> {
    const file = uri.fsPath;
    const look = (this.looks.get(file) ?? Promise.resolve()).then(() => this.update(uri));
    this.looks.set(file, look);
    return look.finally(() => {
      if (this.looks.get(file) === look) this.looks.delete(file);
    });
  }

  private async update(uri: vscode.Uri): Promise<void> {
    const file = uri.fsPath;
    const experiments = findExperiments(await currentText(uri));
    if (experiments.length === 0) {
      this.controller.items.delete(file);
      return;
    }
    const label = vscode.workspace.asRelativePath(uri);
    const item = this.child(this.controller.items, file, label, uri, { file, experiment: null, claim: null });
    const names = new Set(experiments.map(({ name }) => name));
    remove(item.children, names);
    for (const { name, nameRange, claims } of experiments) {
      const target = { file, experiment: name, claim: null };
      const own = this.child(item.children, name, shownName(name), uri, target);
      own.range = editorRange(nameRange);
      remove(own.children, new Set(claims.map((claim) => claim.name)));
      for (const claim of claims) {
        const child = this.child(own.children, claim.name, shownName(claim.name), uri, {
          ...target,
          claim: claim.name,
        });
        child.range = editorRange(claim.key);
      }
    }
  }

  /** The item of an identifier, made if it is not there yet: what is kept keeps its last outcome. */
  private child(
    among: vscode.TestItemCollection,
    id: string,
    label: string,
    uri: vscode.Uri,
    target: TestTarget,
  ): vscode.TestItem {
    const item = among.get(id) ?? this.controller.createTestItem(id, label, uri);
    item.label = label;
    this.targets.set(item, target);
    if (!among.get(id)) among.add(item);
    return item;
  }
}

function remove(among: vscode.TestItemCollection, wanted: ReadonlySet<string>): void {
  among.forEach(({ id }) => {
    if (!wanted.has(id)) among.delete(id);
  });
}

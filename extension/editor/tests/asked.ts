/** What a run of the Test Explorer was asked for. */
import type * as vscode from 'vscode';
import type { TestItems } from './items.ts';

/** An experiment that was asked for, and the items whose outcome is told. */
export interface Asked {
  file: string;
  experiment: string;
  item: vscode.TestItem;
  claims: vscode.TestItem[];
}

/** The experiments of the items that were asked for, without those that were excluded. */
export function askedFor(controller: vscode.TestController, request: vscode.TestRunRequest, items: TestItems): Asked[] {
  const excluded = new Set(request.exclude);
  const asked = new Map<string, Asked>();
  const add = (item: vscode.TestItem) => {
    const target = items.targetOf(item);
    if (!target || excluded.has(item)) return;
    if (target.experiment === null) {
      item.children.forEach(add);
      return;
    }
    const experiment = target.claim === null ? item : item.parent;
    if (!experiment) return;
    const key = `${target.file}\n${target.experiment}`;
    const known: Asked = asked.get(key) ?? {
      file: target.file,
      experiment: target.experiment,
      item: experiment,
      claims: [],
    };
    asked.set(key, known);
    const claims = target.claim === null ? childrenOf(item) : [item];
    for (const claim of claims) if (!excluded.has(claim) && !known.claims.includes(claim)) known.claims.push(claim);
  };
  if (request.include) for (const item of request.include) add(item);
  else controller.items.forEach(add);
  return [...asked.values()];
}

function childrenOf(item: vscode.TestItem): vscode.TestItem[] {
  return [...item.children].map(([, child]) => child);
}

/** One run of the Test Explorer: trains the experiments that were asked for, and tells how their claims came out. */
import * as vscode from 'vscode';
import { claimNumbers } from '../../report/claimText.ts';
import type { Failure } from '../../report/failure.ts';
import { shownName, shownText } from '../../report/shownName.ts';
import type { ExperimentView } from '../../report/view.ts';
import { isBusy } from '../../runs/record.ts';
import type { RunService } from '../../runs/runService.ts';
import type { TestItems } from './items.ts';

/** An experiment that was asked for, and the items whose outcome is told. */
interface Asked {
  file: string;
  experiment: string;
  item: vscode.TestItem;
  claims: vscode.TestItem[];
}

export class ClaimRun {
  private readonly run: vscode.TestRun;
  private readonly asked: Asked[];

  constructor(
    controller: vscode.TestController,
    request: vscode.TestRunRequest,
    items: TestItems,
    private readonly runs: RunService,
  ) {
    this.run = controller.createTestRun(request);
    this.asked = askedFor(controller, request, items);
  }

  /** Trains, and resolves when all is told. @param only the file that is run, of those asked for */
  async ended(token: vscode.CancellationToken, only?: string): Promise<void> {
    const asked = this.asked.filter(({ file }) => only === undefined || file === only);
    for (const { item, claims } of asked) for (const one of [item, ...claims]) this.run.enqueued(one);
    const files = [...new Set(asked.map(({ file }) => file))];
    try {
      await Promise.all(
        files.map((file) =>
          this.inFile(
            file,
            asked.filter((one) => one.file === file),
            token,
          ),
        ),
      );
    } finally {
      this.run.end();
    }
  }

  private async inFile(file: string, asked: readonly Asked[], token: vscode.CancellationToken): Promise<void> {
    const waiting = new Map(asked.map((one) => [one.experiment, one]));
    let isBegun = false;
    let end = () => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const look = (experiment: string) => {
      const one = waiting.get(experiment);
      const view = isBegun && one ? this.runs.view(file, experiment) : null;
      if (!one || !view) return;
      if (view.status === 'running') for (const item of [one.item, ...one.claims]) this.run.started(item);
      if (isBusy(view)) return;
      waiting.delete(experiment);
      this.tell(one, view);
      if (waiting.size === 0) end();
    };
    const subscriptions = [
      this.runs.subscribe((at, experiment, { type }) => {
        if (at === file && (type === 'status' || type === 'view')) look(experiment);
      }),
      token.onCancellationRequested(() => {
        for (const experiment of waiting.keys()) this.runs.stop(file, experiment);
      }),
    ];
    try {
      isBegun = await this.runs.begun(file, [...waiting.keys()]);
      // The user has kept the file from being saved.
      if (!isBegun) for (const { item, claims } of asked) for (const one of [item, ...claims]) this.run.skipped(one);
      for (const experiment of [...waiting.keys()]) look(experiment);
      if (isBegun) await ended;
    } finally {
      for (const subscription of subscriptions) subscription.dispose();
    }
  }

  private tell({ item, claims }: Asked, view: ExperimentView): void {
    const milliseconds = view.seconds === null ? undefined : view.seconds * 1000;
    const { status, failure } = view;
    if (status === 'failed') {
      this.run.errored(item, failure ? messageOf(failure) : new vscode.TestMessage('The run failed.'), milliseconds);
      for (const claim of claims) this.run.skipped(claim);
      return;
    }
    if (status === 'canceled') {
      for (const one of [item, ...claims]) this.run.skipped(one);
      return;
    }
    const results = new Map(view.claims.map((result) => [result.claim, result]));
    const isWhole = claims.length === item.children.size;
    let fails = 0;
    for (const claim of claims) {
      const result = results.get(claim.id);
      if (!result) this.run.skipped(claim);
      else if (result.holds) this.run.passed(claim);
      else {
        fails++;
        const numbers = claimNumbers(result);
        const why = result.error
          ? `could not be checked: ${result.error}`
          : `does not hold${numbers ? `: ${numbers}` : '.'}`;
        const message = new vscode.TestMessage(shownText(`The claim “${shownName(claim.id)}” ${why}`));
        if (result.wanted && result.values) {
          message.expectedOutput = shownText(result.wanted);
          message.actualOutput = shownText(claimNumbers({ values: result.values }));
        }
        if (claim.uri && claim.range) message.location = new vscode.Location(claim.uri, claim.range);
        if (result.error) this.run.errored(claim, message);
        else this.run.failed(claim, message);
      }
    }
    // The outcome of an experiment with claims is that of its claims.
    if (isWhole && fails === 0) this.run.passed(item, milliseconds);
    if (view.summary) this.run.appendOutput(`${shownText(view.summary.sentence)}\r\n`, undefined, item);
  }
}

function messageOf(failure: Failure): vscode.TestMessage {
  const text = [failure.message, failure.hint ?? '']
    .filter(Boolean)
    .map((part) => shownText(part))
    .join('\n');
  const message = new vscode.TestMessage(text);
  if (failure.file !== null) {
    const at = new vscode.Position(Math.max(0, failure.line - 1), Math.max(0, failure.column - 1));
    message.location = new vscode.Location(vscode.Uri.file(failure.file), at);
  }
  return message;
}

/** The experiments of the items that were asked for, without those that were excluded. */
function askedFor(controller: vscode.TestController, request: vscode.TestRunRequest, items: TestItems): Asked[] {
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

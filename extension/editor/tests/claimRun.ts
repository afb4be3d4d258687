/** One run of the Test Explorer: trains the experiments that were asked for, and tells how their claims came out. */
import * as vscode from 'vscode';
import { claimNumbers } from '../../report/claimText.ts';
import type { Failure } from '../../report/failure.ts';
import { shownName, shownText } from '../../report/shownName.ts';
import type { ExperimentView } from '../../report/view.ts';
import { isBusy } from '../../runs/record.ts';
import type { RunService } from '../../runs/runService.ts';
import type { Asked } from './asked.ts';

export class ClaimRun {
  constructor(
    private readonly run: vscode.TestRun,
    private readonly asked: readonly Asked[],
    private readonly runs: RunService,
  ) {}

  /** Trains, and resolves when all is told. */
  async ended(token: vscode.CancellationToken): Promise<void> {
    const { asked } = this;
    for (const { item, claims } of asked) for (const one of [item, ...claims]) this.run.enqueued(one);
    const files = [...new Set(asked.map(({ file }) => file))];
    const inFile = (file: string) => asked.filter((one) => one.file === file);
    try {
      await Promise.all(files.map((file) => this.inFile(file, inFile(file), token)));
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

/** What a language model can do here: list experiments, run one, read its results. */
import type { ExperimentRow } from '../../report/experimentRow.ts';
import type { ExperimentView, ViewMessage } from '../../report/view.ts';
import { isBusy } from '../../runs/record.ts';
import { resultData } from './resultData.ts';
import { toolMessages } from './toolMessages.ts';
import type { ToolName } from './toolName.ts';

/** An experiment as a model names it. */
export interface Named {
  /** The path from the workspace folder, as the list has it; or an absolute one. */
  file: string;
  experiment: string;
}

export interface LabToolsOptions {
  /** Whether code of this workspace may run. */
  isTrusted(): boolean;
  /** All experiments of the workspace, found without running anything. */
  rows(): Promise<ExperimentRow[]>;
  view(file: string, experiment: string): ExperimentView | null;
  /** The latest results that are stored; null if there are none. */
  stored(file: string, experiment: string): Promise<ExperimentView | null>;
  /** Starts a run; false if the user did not save the file. */
  begin(file: string, experiment: string): Promise<boolean>;
  stop(file: string, experiment: string): void;
  subscribe(listener: (file: string, experiment: string, message: ViewMessage) => void): { dispose(): void };
}

/** Something that may be cancelled. */
export interface Cancellable {
  readonly isCancellationRequested: boolean;
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** Methods return text for the model; what it does wrong is an error whose message tells it. */
export class LabTools {
  constructor(private readonly options: LabToolsOptions) {}

  readonly messages = toolMessages;

  /** @param input as the model has given it: VS Code has checked it against the schema, others may not have */
  async use(name: ToolName, input: Partial<Record<keyof Named, unknown>>, token: Cancellable): Promise<string> {
    if (name === 'depthLab_listExperiments') return this.list();
    const { file, experiment } = input;
    if (typeof file !== 'string' || typeof experiment !== 'string') {
      throw new Error('The input must be { "file": text, "experiment": text }, as the list of experiments has them.');
    }
    const named = { file, experiment };
    return name === 'depthLab_runExperiment' ? this.run(named, token) : this.read(named);
  }

  async list(): Promise<string> {
    this.requireTrust();
    const rows = await this.options.rows();
    return text(
      rows.map(({ path, experiment, line, latest }) => ({
        file: path,
        experiment,
        line,
        latest: latest && {
          ...{ outcome: latest.outcome, claims: latest.claims, finding: latest.finding },
          ended: new Date(latest.date).toISOString(),
        },
      })),
    );
  }

  async run(named: Named, token: Cancellable): Promise<string> {
    this.requireTrust();
    const { file, path, experiment } = await this.find(named);
    if (!(await this.options.begin(file, experiment))) throw new Error(`${path} was not saved, so nothing was run.`);
    await this.ended(file, experiment, token);
    const view = this.options.view(file, experiment);
    if (!view) throw new Error(`'${experiment}' of ${path} is no longer there.`);
    return text(resultData(view, path));
  }

  async read(named: Named): Promise<string> {
    this.requireTrust();
    const { file, path, experiment } = await this.find(named);
    const own = this.options.view(file, experiment);
    const view = own?.grid || own?.failure ? own : await this.options.stored(file, experiment);
    if (!view) throw new Error(`There are no results of '${experiment}' of ${path} yet: run it first.`);
    return text(resultData(view, path));
  }

  private requireTrust(): void {
    if (this.options.isTrusted()) return;
    throw new Error(
      'Experiments are code, and this workspace is not trusted: nothing was done. The user can trust it with the command "Workspaces: Manage Workspace Trust".',
    );
  }

  /** Only experiments of the workspace can be named. */
  private async find({ file, experiment }: Named): Promise<ExperimentRow> {
    const rows = await this.options.rows();
    const found = rows.find((row) => row.experiment === experiment && (row.path === file || row.file === file));
    if (found) return found;
    const known = rows.map((row) => `'${row.experiment}' of ${row.path}`);
    const some = known.length === 0 ? 'none' : known.slice(0, 20).join(', ');
    throw new Error(`There is no experiment '${experiment}' of ${file} in this workspace. There are: ${some}.`);
  }

  /** Resolves when the run has ended; a cancellation stops it. */
  private ended(file: string, experiment: string, token: Cancellable): Promise<void> {
    const isOver = () => {
      const view = this.options.view(file, experiment);
      return view === null || !isBusy(view);
    };
    return new Promise((resolve) => {
      const subscriptions: { dispose(): void }[] = [];
      const look = () => {
        if (!isOver()) return;
        for (const subscription of subscriptions.splice(0)) subscription.dispose();
        resolve();
      };
      const stop = () => this.options.stop(file, experiment);
      subscriptions.push(
        this.options.subscribe((at, name) => {
          if (at === file && name === experiment) look();
        }),
        token.onCancellationRequested(stop),
      );
      if (token.isCancellationRequested) stop();
      look();
    });
  }
}

const text = (value: unknown) => JSON.stringify(value, null, 1);

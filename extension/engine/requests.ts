/** Handles engine requests: loads, plans and runs experiments, and reports the outcome. */
import { availableParallelism } from 'node:os';
import { DefinitionError } from '../lab/errors.ts';
import type { Experiment } from '../lab/experiment.ts';
import { closest } from '../lab/options.ts';
import type { Failure } from '../report/failure.ts';
import { explainExperiment } from './explain.ts';
import { type ExperimentPlan, planExperiment } from './grid/plan.ts';
import { runExperiment } from './grid/runExperiment.ts';
import { withFunctionReader } from './loader/functionReader.ts';
import { loadLabFile } from './loader/load.ts';
import { failureOf, userFrame } from './locate.ts';
import type { EngineAnswer, ExplainRequest, RunRequest } from './protocol.ts';
import type { RunDispatcher } from './runDispatcher.ts';
import type { TheoryThread } from './theory/thread.ts';

export class Requests {
  /** The flag of each running request; 0 ends its runs. */
  private readonly active = new Map<number, Int32Array>();

  constructor(
    private readonly dispatcher: RunDispatcher,
    private readonly theory: TheoryThread,
    private readonly emit: (answer: EngineAnswer) => void,
  ) {}

  cancel(request: number): void {
    const wanted = this.active.get(request);
    if (!wanted) return;
    this.dispatcher.drop(wanted);
    this.theory.drop(wanted);
  }

  async explain(asked: ExplainRequest): Promise<void> {
    const { request } = asked;
    try {
      for (const experiment of await this.load(asked)) {
        const text = withFunctionReader((read) => explainExperiment(experiment, read));
        this.emit({ type: 'explained', request, text });
      }
      this.emit({ type: 'ended', request, outcome: 'done' });
    } catch (error) {
      const kind = error instanceof DefinitionError ? 'definition' : 'load';
      this.emit({ type: 'failed', request, failure: failureOf(error, kind, asked.file, null) });
      this.emit({ type: 'ended', request, outcome: 'failed' });
    }
  }

  async run(asked: RunRequest): Promise<void> {
    const { request } = asked;
    const wanted = new Int32Array(new SharedArrayBuffer(4));
    Atomics.store(wanted, 0, 1);
    this.active.set(request, wanted);
    let failed = false;
    const fail = (error: unknown, kind: Failure['kind'], experiment: string | null) => {
      failed = true;
      this.emit({ type: 'failed', request, failure: failureOf(error, kind, asked.file, experiment) });
    };
    try {
      const chosen = await this.load(asked);
      for (const experiment of chosen) {
        if (Atomics.load(wanted, 0) === 0) break;
        await this.runOne(experiment, asked, wanted, fail);
      }
    } catch (error) {
      fail(error, error instanceof DefinitionError ? 'definition' : 'load', null);
    }
    this.active.delete(request);
    const canceled = Atomics.load(wanted, 0) === 0;
    this.emit({ type: 'ended', request, outcome: canceled ? 'canceled' : failed ? 'failed' : 'done' });
  }

  private async load({ request, file, experiments: names }: RunRequest | ExplainRequest): Promise<Experiment[]> {
    const experiments = await loadLabFile(file);
    this.emit({
      type: 'loaded',
      request,
      experiments: experiments.map(({ name, origin }) => {
        const place = userFrame(origin.stack);
        return { experiment: name, line: place?.line ?? 1, column: place?.column ?? 1 };
      }),
    });
    if (experiments.length === 0) {
      throw new DefinitionError('this file defines no experiment', { hint: "Call experiment('name', { … })." });
    }
    if (names === null) return experiments;
    return names.map((name) => {
      const found = experiments.find((experiment) => experiment.name === name);
      if (found) return found;
      const known = experiments.map((experiment) => experiment.name);
      const near = closest(name, known);
      throw new DefinitionError(`there is no experiment '${name}' in this file`, {
        hint: near ? `Did you mean '${near}'?` : `Available: ${known.map((other) => `'${other}'`).join(', ')}.`,
      });
    });
  }

  private async runOne(
    experiment: Experiment,
    { request, workers: asked, engine, file }: RunRequest,
    wanted: Int32Array,
    fail: (error: unknown, kind: Failure['kind'], experiment: string) => void,
  ): Promise<void> {
    const workers = asked ?? availableParallelism();
    let plan: ExperimentPlan;
    try {
      plan = withFunctionReader((read) => planExperiment(experiment, read, workers));
    } catch (error) {
      fail(error, 'definition', experiment.name);
      return;
    }
    this.emit({ type: 'planned', request, grid: plan.grid });
    try {
      await runExperiment(plan, {
        request,
        dispatcher: this.dispatcher,
        theory: this.theory,
        options: { engine, workers, file },
        wanted,
        emit: this.emit,
      });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      fail(new DefinitionError(`a run failed: ${message}`, { origin: experiment.origin }), 'run', experiment.name);
    }
  }
}

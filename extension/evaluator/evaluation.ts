/** Answers the requests of the engine: everything here executes user code. */

import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FunctionReader } from '../lab/compiler/source/functionSource.ts';
import { DefinitionError, withOrigin } from '../lab/errors.ts';
import { type Experiment, type SizedExperiment, withInstead } from '../lab/experiment.ts';
import { pythonScript } from '../python/script.ts';
import type { Failure } from '../report/failure.ts';
import { evaluateClaims } from './claims.ts';
import { explainExperiment } from './explain.ts';
import { userFrame } from './frames.ts';
import { planExperiment } from './grid/plan.ts';
import { withFunctionReader } from './loader/functionReader.ts';
import type { Loading } from './loader/load.ts';
import { failureOf, type UserFiles } from './locate.ts';
import type { EvaluatorAnswer, EvaluatorRequest, ExplainedAs, SourceModule } from './protocol.ts';

function shownAs(as: ExplainedAs, experiment: Experiment, read: FunctionReader): string {
  return as === 'text' ? explainExperiment(experiment, read) : pythonScript(experiment, read, as);
}

export class Evaluation {
  private files: UserFiles = { file: '', sources: new Map() };
  private experiments: SizedExperiment[] = [];
  /** What was planned, by position: its claims are those that are asked about. */
  private readonly planned = new Map<number, Experiment>();

  constructor(private readonly loading: Loading) {}

  async answer(request: EvaluatorRequest): Promise<EvaluatorAnswer> {
    if (request.type === 'rehearse') return this.rehearsed(request.module);
    if (request.type === 'load') return this.loaded(request);
    const experiment = this.experiments[request.experiment];
    if (!experiment) throw new RangeError(`there is no experiment at position ${request.experiment}`);
    try {
      switch (request.type) {
        case 'plan': {
          const asked = withOrigin(experiment.origin, () => withInstead(experiment, request.instead));
          const plan = withFunctionReader((read) => planExperiment(asked, read, request.workers));
          this.planned.set(request.experiment, asked);
          return { type: 'planned', plan, dependencies: this.loading.dependencies() };
        }
        case 'explain': {
          const { as, instead } = request;
          const asked = withOrigin(experiment.origin, () => withInstead(experiment, instead));
          return { type: 'explained', text: withFunctionReader((read) => shownAs(as, asked, read)) };
        }
        case 'claims':
          return {
            type: 'claimed',
            claims: evaluateClaims(this.planned.get(request.experiment) ?? experiment, request.inputs),
          };
      }
    } catch (error) {
      return { type: 'failed', failure: this.failureOf(error, 'definition', experiment.name) };
    }
  }

  /** Describes an error of the user's code that no request waits for. */
  uncaught(error: unknown): Failure {
    return this.failureOf(error, 'load', null);
  }

  private async rehearsed(module: SourceModule): Promise<EvaluatorAnswer> {
    const [experiment] = await this.loading.load(new URL(module.url), [module], []);
    if (!experiment) throw new RangeError('the rehearsed module defines no experiment');
    const plan = withFunctionReader((read) => planExperiment(experiment, read, 1));
    return { type: 'planned', plan, dependencies: this.loading.dependencies() };
  }

  private async loaded({ file, sources, unsaved }: EvaluatorRequest & { type: 'load' }): Promise<EvaluatorAnswer> {
    this.files = { file, sources: new Map(sources.map(({ url, source }) => [fileURLToPath(url), source])) };
    try {
      this.experiments = await this.loading.load(pathToFileURL(file), sources, unsaved);
      if (this.experiments.length === 0) {
        throw new DefinitionError('this file defines no experiment', { hint: "Call experiment('name', { … })." });
      }
      const experiments = this.experiments.map(({ name, origin }) => {
        const place = userFrame(origin.stack);
        return { experiment: name, line: place?.line ?? 1, column: place?.column ?? 1 };
      });
      return { type: 'loaded', experiments };
    } catch (error) {
      return { type: 'failed', failure: this.failureOf(error, 'load', null) };
    }
  }

  private failureOf(error: unknown, kind: Failure['kind'], experiment: string | null): Failure {
    return failureOf(error, kind, this.files, experiment);
  }
}

/** Collects the results of experiments, while runs are trained or taken from the store. */
import type { EngineEvent } from '../engine/protocol.ts';
import type { ExportedExperiment } from '../export/exported.ts';
import type { RunDetails } from '../report/details.ts';
import { isResultEvent, noResults, withEvent } from '../report/events.ts';
import { ExitStatus } from './exitStatus.ts';
import { type Refusal, refusalText } from './labFile.ts';
import { printableName } from './printable.ts';
import { Progress } from './progress.ts';
import { countText, failureText, shortened } from './report.ts';
import type { Receiver } from './training.ts';

/** An experiment to which details are added. */
interface Growing extends ExportedExperiment {
  details: Map<number, RunDetails>;
}

export class CollectedExperiments implements Receiver {
  status = ExitStatus.Well;
  /** In the order of the files. */
  readonly experiments: Growing[] = [];
  private readonly progress = new Progress();

  refuse(file: string, refusal: Refusal): void {
    this.status = ExitStatus.Wrong;
    process.stderr.write(refusalText(file, refusal));
  }

  take(event: EngineEvent, file: string): void {
    if (event.type === 'planned') {
      this.experiments.push({ file, grid: event.grid, results: noResults, details: new Map() });
      this.progress.start(event.grid.runs.length);
      return;
    }
    const current = this.experiments.at(-1);
    if (event.type === 'failed') {
      this.progress.stop();
      this.status = ExitStatus.Wrong;
      process.stderr.write(failureText(event.failure, shortened));
    } else if (event.type === 'noted') {
      this.progress.stop();
      process.stderr.write(`depth-lab: ${printableName(event.note)}\n`);
    } else if (current && isResultEvent(event)) {
      current.results = withEvent(current.results, event);
      if (event.type !== 'ran') return;
      if (event.details) current.details.set(event.run.id, event.details);
      this.progress.update(current.results.runs.length);
    } else if (current && event.type === 'finished') {
      this.progress.stop();
      const { runs } = current.results;
      const counts = countText(runs) || `${runs.length} ${runs.length === 1 ? 'run' : 'runs'} trained\n`;
      process.stderr.write(`${printableName(event.experiment)}: ${counts}`);
    }
  }

  end(): void {
    this.progress.stop();
  }
}

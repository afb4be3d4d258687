import { describePoint } from '../extension/lab/results/index.ts';
import type { PanelCommand } from '../extension/panel/protocol.ts';
import { deviceLabel } from '../extension/report/deviceLabel.ts';
import { movedNotes } from '../extension/report/engineNotes.ts';
import { shownName, shownText } from '../extension/report/shownName.ts';
import type { ExperimentChoice } from '../extension/report/view.ts';
import { button, choice, progressRing } from './controls.ts';
import { html, setText } from './dom.ts';
import { count } from './format.ts';
import { runIcon, stopIcon } from './icons.ts';
import { createProgress, predictedSeconds } from './progress.ts';
import type { Experiment, PanelState } from './state.ts';
import { statusText } from './statusText.ts';

/** Actions of the header. */
export interface HeaderActions {
  run(): void;
  stop(): void;
  /** Asks for figures, tables or a report. */
  export(): void;
  /** Asks for a command on the experiment. */
  command(name: PanelCommand): void;
  select(file: string, experiment: string): void;
  point(index: number): void;
}

const separator = '\u0000';
const key = (one: { file: string; experiment: string }) => `${one.file}${separator}${one.experiment}`;
const baseName = (file: string) => file.split(/[\\/]/).pop() ?? file;

/** Labels of the experiments, with their file if there are several files. */
function options(choices: readonly ExperimentChoice[], current: Experiment | null) {
  const all = current && !choices.some((one) => key(one) === key(current)) ? [current, ...choices] : choices;
  const oneFile = new Set(all.map((one) => one.file)).size < 2;
  return all.map((one) => ({
    value: key(one),
    label: oneFile ? shownName(one.experiment) : `${shownName(one.experiment)} — ${shownName(baseName(one.file))}`,
  }));
}

/** The grid and the engine in one line: problem, seeds, steps, engine, and why it is not the requested one. */
function facts(experiment: Experiment): string {
  const { grid } = experiment;
  const parts: string[] = [];
  if (grid) {
    parts.push(grid.problem.description, count(grid.seeds.length, 'seed'));
    if (grid.steps !== null) parts.push(count(grid.steps, 'step'));
  }
  const runs = [...experiment.runs.values()];
  const devices = new Set(runs.map(deviceLabel));
  if (devices.size) parts.push([...devices].join(', '));
  // If the GPU was requested and could not train the runs, or failed.
  parts.push(...new Set(runs.flatMap(({ fallback }) => fallback ?? [])), ...movedNotes(runs));
  return shownText(parts.join(' · '));
}

/** The bar at the top: the experiment, its progress, Run and Stop. */
export function createHeader(actions: HeaderActions) {
  const experiments = choice('Experiment', (value) => {
    const [file = '', experiment = ''] = value.split(separator);
    actions.select(file, experiment);
  });
  experiments.element.classList.add('experiment-choice');
  const points = choice('Point of the sweep', (value) => actions.point(Number(value)));
  const run = button('Run', runIcon(), actions.run);
  const stop = button('Stop', stopIcon(), actions.stop, false);
  const seeds = button('+ seeds', null, () => actions.command('moreSeeds'), false);
  seeds.title = 'Run with more seeds than the definition has; those that are known are not trained again';
  const steps = button('+ steps', null, () => actions.command('moreSteps'), false);
  steps.title = 'Run with other steps than the definition has';
  const history = button('History', null, () => actions.command('showHistory'), false);
  history.title = 'Earlier runs of this experiment: show, pin, or compare their text';
  const pin = button('Pin', null, () => actions.command('pin'), false);
  pin.title = 'Keep these results, and draw them behind those of later runs';
  const exports = button('Export', null, () => actions.export(), false);
  exports.title = 'Figures, tables or a report of this experiment, as files';
  const ring = progressRing();
  const dot = html('span', { class: 'status-dot', 'aria-hidden': 'true' });
  const words = html('span', { class: 'status-words', role: 'status' });
  const bar = html('progress', { class: 'progress', 'aria-label': 'Runs finished' });
  const line = html('p', { class: 'facts' });
  const progress = createProgress();
  const status = html('div', { class: 'status' }, ring, dot, words, bar);
  const element = html(
    'header',
    { class: 'header' },
    html(
      'div',
      { class: 'header-row' },
      experiments.element,
      points.element,
      run,
      stop,
      seeds,
      steps,
      history,
      pin,
      exports,
      status,
    ),
    line,
  );

  return {
    element,
    update({ experiment, choices, pinned }: PanelState, point: number, now: number): void {
      experiments.set(options(choices, experiment), experiment ? key(experiment) : '');
      experiments.element.hidden = choices.length === 0 && !experiment;
      const sweep = experiment?.grid?.points ?? [];
      points.element.hidden = sweep.length < 2;
      points.set(
        sweep.map((one, index) => ({ value: String(index), label: describePoint(one) })),
        String(Math.min(point, Math.max(0, sweep.length - 1))),
      );
      const busy = experiment?.status === 'running' || experiment?.status === 'loading';
      run.hidden = !experiment || busy;
      stop.hidden = !busy;
      seeds.hidden = run.hidden || !experiment?.grid;
      for (const one of [history, pin, exports]) one.hidden = seeds.hidden;
      setText(pin, pinned.length > 0 ? `Pin (${pinned.length})` : 'Pin');
      steps.hidden = seeds.hidden || experiment?.grid?.steps === null;
      ring.hidden = experiment?.status !== 'loading';
      status.hidden = !experiment;
      dot.hidden = !ring.hidden;
      dot.dataset.status = experiment?.status ?? 'idle';
      const remaining = experiment && progress.remaining(experiment, now);
      const predicted = experiment && predictedSeconds(experiment, navigator.hardwareConcurrency);
      setText(words, experiment ? statusText(experiment, now, remaining, predicted) : '');
      bar.hidden = experiment?.status !== 'running';
      bar.max = Math.max(1, experiment?.grid?.runs.length ?? 1);
      bar.value = experiment?.stale ? 0 : (experiment?.runs.size ?? 0);
      setText(line, experiment ? facts(experiment) : '');
    },
  };
}

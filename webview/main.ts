/** The page of the results panel. */
import './style.css';
import { cellsAt } from '../extension/lab/results/index.ts';
import { visibleCells } from './cells.ts';
import { registerControls } from './controls.ts';
import { html } from './dom.ts';
import { createEmpty } from './empty.ts';
import { createFinding } from './finding.ts';
import { createHeader } from './header.ts';
import { connect } from './host.ts';
import { createLegend } from './legend.ts';
import { isViewMessage } from './messages.ts';
import { cellStyles } from './palette.ts';
import { type Kept, type Preferences, readPreferences } from './preferences.ts';
import { scheduler } from './schedule.ts';
import { initialState, reduce } from './state.ts';
import { onThemeChange, readTheme } from './theme.ts';
import { createTiles } from './tiles/index.ts';

registerControls();
const host = connect();
let state = initialState;
let preferences = readPreferences(host.recall());
let theme = readTheme();

const draw = scheduler(render);
const header = createHeader({
  run: () => host.send({ type: 'run' }),
  more: (of) => host.send({ type: 'more', of }),
  stop: () => host.send({ type: 'stop' }),
  select: (file, experiment) => host.send({ type: 'select', file, experiment }),
  point: (point) => change({ point }),
});
const finding = createFinding(host.send);
const legend = createLegend(change);
const tiles = createTiles(change);
const charts = html('main', { class: 'charts' }, ...tiles.map((tile) => tile.element));
const empty = createEmpty();
document.body.append(header.element, finding.element, legend.element, charts, empty.element);

function change(some: Partial<Preferences>): void {
  preferences = { ...preferences, ...some };
  keep();
  draw();
}

function keep(): void {
  const { experiment } = state;
  if (!experiment) return;
  const kept: Kept = { file: experiment.file, experiment: experiment.experiment, preferences };
  host.keep(kept);
}

function render(): void {
  const { experiment } = state;
  header.update(state, preferences.point, Date.now());
  finding.element.hidden = !experiment;
  if (experiment) finding.update(experiment);
  const nothing = empty.update(state);
  const grid = experiment?.grid ?? null;
  charts.hidden = nothing;
  legend.element.hidden = nothing;
  document.body.classList.toggle('stale', experiment?.stale ?? false);
  document.body.classList.toggle('busy', experiment?.status === 'running' || experiment?.status === 'loading');
  if (nothing || !experiment || !grid) return;
  legend.update(grid, preferences, theme);
  const cells = visibleCells(cellsAt(grid.runs, grid.points, preferences.point), preferences);
  const style = cellStyles(grid, theme.parameterizations);
  for (const tile of tiles) tile.update({ experiment, grid, cells, style, theme, preferences });
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isViewMessage(data)) return;
  const before = state.experiment;
  state = reduce(state, data);
  const { experiment } = state;
  if (experiment && (experiment.file !== before?.file || experiment.experiment !== before?.experiment)) keep();
  draw();
});
onThemeChange(() => {
  theme = readTheme();
  draw();
});
// Keeps "2 min ago" up to date.
setInterval(draw, 30_000);
draw();
host.send({ type: 'ready' });

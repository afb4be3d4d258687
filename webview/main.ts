/** The page of the results panel. */
import './style.css';
import type { ExportRequest } from '../extension/report/exportRequest.ts';
import { cellsOfPoint, visibleCells } from './cells.ts';
import { pinnedInputs } from './charts/ghosts.ts';
import type { ChartInput } from './charts/input.ts';
import { registerControls } from './controls.ts';
import { html } from './dom.ts';
import { createEmpty } from './empty.ts';
import { createFinding } from './finding.ts';
import { fillRows } from './grid.ts';
import { createHeader } from './header.ts';
import { connect } from './host.ts';
import { createInteraction } from './interaction.ts';
import { createKnobs } from './knobs/strip.ts';
import { createLegend } from './legend.ts';
import { isViewMessage } from './messages.ts';
import { cellStyles } from './palette.ts';
import { type Change, type Kept, readPreferences } from './preferences.ts';
import { scheduler } from './schedule.ts';
import { initialState, knownOf, reduce } from './state.ts';
import { onThemeChange, readTheme } from './theme.ts';
import { createDrawing } from './tiles/drawing.ts';
import { createTiles } from './tiles/index.ts';
import { timeAxisOf } from './timeAxis.ts';
import { createTimeline } from './timeline.ts';

registerControls();
const host = connect();
let state = initialState;
let preferences = readPreferences(host.recall());
let theme = readTheme();

const { later, now } = scheduler(render);
const interaction = createInteraction();
/** The place of the time axis that the slider has been moved to; null for the end of each run. */
let moment: number | null = null;
let input: ChartInput | null = null;
const header = createHeader({
  run: () => host.send({ type: 'run' }),
  command: (name) => host.send({ type: 'command', name }),
  export: () => save(null),
  stop: () => host.send({ type: 'stop' }),
  select: (file, experiment) => host.send({ type: 'select', file, experiment }),
  point: (point) => change({ point }),
});
const finding = createFinding(host.send);
const legend = createLegend(change, interaction);
const knobs = createKnobs({
  turn: (id, value, isEnd) => host.send({ type: 'turn', id, value, isEnd }),
  isOpen: preferences.knobs,
  opened: (isOpen) => change({ knobs: isOpen }),
});
const timeline = createTimeline(move);
const tiles = createTiles({ change, interaction, save });
const drawing = createDrawing(tiles);
const charts = html('main', { class: 'charts' }, ...tiles.map((tile) => tile.element));
const arrange = fillRows(
  charts,
  tiles.map((tile) => tile.element),
);
const empty = createEmpty();
document.body.append(
  ...[header.element, finding.element, knobs.element, legend.element, charts, empty.element, timeline.element],
);

function change(some: Parameters<Change>[0]): void {
  preferences = { ...preferences, ...(typeof some === 'function' ? some(preferences) : some) };
  keep();
  now();
}

/** Asks for files of what is on view. @param tile null for the whole experiment */
function save(tile: ExportRequest['tile']): void {
  const { point, ...view } = preferences;
  // Of a sweep as a whole, all points are exported.
  host.send({ type: 'export', of: { view: JSON.stringify(tile ? preferences : view), tile } });
}

/** Moves the slider: what does not depend on it stays as it is. */
function move(to: number | null): void {
  moment = to;
  if (!input) return;
  const time = { ...input.time, moment };
  input = { ...input, time, pinned: (input.pinned ?? []).map((one) => ({ ...one, time })) };
  timeline.update(input.grid, input.time);
  drawing.move(input);
}

function keep(): void {
  const { experiment } = state;
  if (!experiment) return;
  const kept: Kept = { file: experiment.file, experiment: experiment.experiment, preferences };
  host.keep(kept);
}

function render(isUrgent: boolean): void {
  const { experiment } = state;
  header.update(state, preferences.point, Date.now());
  finding.element.hidden = !experiment;
  if (experiment) finding.update(experiment);
  const nothing = empty.update(state);
  const grid = experiment?.grid ?? null;
  charts.hidden = nothing;
  legend.element.hidden = nothing;
  if (nothing) timeline.element.hidden = true;
  document.body.classList.toggle('stale', experiment?.stale ?? false);
  document.body.classList.toggle('busy', experiment?.status === 'running' || experiment?.status === 'loading');
  if (nothing || !experiment || !grid) return;
  legend.update(grid, preferences, theme);
  const cells = visibleCells(cellsOfPoint(grid.runs, grid.points, preferences.point), preferences);
  const style = cellStyles(grid, theme.parameterizations);
  const known = knownOf(experiment);
  const time = timeAxisOf(grid, experiment, cells, preferences, moment);
  const present = { experiment, grid, known, cells, style, theme, preferences, time };
  input = { ...present, pinned: pinnedInputs(present, state.pinned, Date.now()) };
  timeline.update(grid, time);
  drawing.draw(input, experiment.status === 'running' && !isUrgent);
  arrange();
}

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isViewMessage(data)) return;
  if (data.type === 'light') {
    const { parameterization, optimizer } = data;
    interaction.light({ cell: null, parameterization, optimizer, source: 'editor' });
    return;
  }
  if (data.type === 'knobs') return knobs.update(data.knobs);
  const before = state.experiment;
  state = reduce(state, data);
  const { experiment } = state;
  if (experiment && (experiment.file !== before?.file || experiment.experiment !== before?.experiment)) {
    moment = null;
    timeline.stop();
    keep();
  }
  if (data.type === 'view') now();
  else later();
});
// What the pointer is at is lit up in the text, too; what the text lit up is known there.
let told = '';
interaction.subscribe((lit) => {
  if (lit.source === 'editor') return;
  const [parameterization = null, optimizer = null] =
    lit.cell === null ? [lit.parameterization, lit.optimizer] : (JSON.parse(lit.cell) as [string, string]);
  const text = JSON.stringify([parameterization, optimizer]);
  if (text === told) return;
  told = text;
  host.send({ type: 'light', parameterization: parameterization || null, optimizer: optimizer || null });
});
onThemeChange(() => {
  theme = readTheme();
  now();
});
// Keeps "2 min ago" up to date.
setInterval(later, 30_000);
now();
host.send({ type: 'ready' });

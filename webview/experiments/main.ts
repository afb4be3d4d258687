/** The page of the table of experiments. */
import './style.css';
import type { ExperimentsMessage, ExperimentsRequest } from '../../extension/panel/experimentsProtocol.ts';
import type { ExperimentRow } from '../../extension/report/experimentRow.ts';
import { html, setText } from '../dom.ts';
import { arranged, columns } from './columns.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: ExperimentsRequest): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const host = acquireVsCodeApi();
let rows: readonly ExperimentRow[] | null = null;
const kept = host.getState() as Partial<View> | undefined;
interface View {
  filter: string;
  sort: string;
  descending: boolean;
}
let view: View = {
  filter: typeof kept?.filter === 'string' ? kept.filter : '',
  sort: columns.some(({ id }) => id === kept?.sort) ? (kept?.sort as string) : '',
  descending: kept?.descending === true,
};

const filter = html('input', {
  type: 'search',
  placeholder: 'Filter',
  'aria-label': 'Filter experiments',
  value: view.filter,
});
const count = html('span', { class: 'count', role: 'status' });
const headers = new Map(
  columns.map((column) => {
    const button = html('button', { type: 'button', title: `${column.meaning}. Click to sort` }, column.title);
    button.addEventListener('click', () =>
      change({ sort: column.id, descending: view.sort === column.id ? !view.descending : column.isNumber === true }),
    );
    return [column.id, { button, cell: html('th', { scope: 'col' }, button) }];
  }),
);
const body = html('tbody');
const table = html(
  'table',
  {},
  html('thead', {}, html('tr', {}, ...[...headers.values()].map(({ cell }) => cell), html('td', {}))),
  body,
);
const empty = html('p', { class: 'empty' });
const bar = html('div', { class: 'bar' }, html('h1', {}, 'Experiments'), filter, count);
document.body.append(bar, table, empty);
filter.addEventListener('input', () => change({ filter: filter.value }));

function change(some: Partial<View>): void {
  view = { ...view, ...some };
  host.setState(view);
  render();
}

function render(): void {
  for (const [id, { cell }] of headers) {
    const order = view.sort === id ? (view.descending ? 'descending' : 'ascending') : 'none';
    cell.setAttribute('aria-sort', order);
  }
  const shown = rows ? arranged(rows, view) : [];
  const focused = document.activeElement?.getAttribute('data-key') ?? null;
  body.replaceChildren(...shown.map(rowOf));
  // A new list must not take the keyboard's place away.
  if (focused)
    [...body.querySelectorAll<HTMLElement>('[data-key]')].find((one) => one.dataset.key === focused)?.focus();
  table.hidden = shown.length === 0;
  empty.hidden = shown.length > 0;
  setText(count, rows ? `${shown.length === rows.length ? '' : `${shown.length} of `}${rows.length} experiments` : '');
  setText(empty, emptyText());
}

function emptyText(): string {
  if (!rows) return 'Looking for lab files…';
  if (rows.length > 0) return 'No experiment matches the filter.';
  return 'There is no experiment in this workspace yet. “Depth Lab: New Experiment” makes a file (*.lab.ts) to begin with.';
}

function rowOf(row: ExperimentRow): HTMLElement {
  const { file, experiment } = row;
  const open = html('button', {
    type: 'button',
    class: 'open',
    'data-key': `open ${file} ${experiment}`,
    title: 'Open the file and the results',
  });
  open.addEventListener('click', () => host.postMessage({ type: 'open', file, experiment }));
  const run = html('button', { type: 'button', class: 'run', 'data-key': `run ${file} ${experiment}` }, 'Run');
  run.setAttribute('aria-label', `Run ${experiment}`);
  run.hidden = row.line === null;
  run.addEventListener('click', () => host.postMessage({ type: 'run', file, experiment }));
  const cells = columns.map((column, i) => {
    const text = column.text(row, Date.now());
    const kind = `${column.id}${column.isNumber ? ' number' : ''}${text.startsWith('✗') ? ' fails' : text.startsWith('✓') ? ' holds' : ''}`;
    if (i > 0) return html('td', { class: kind, title: column.id === 'finding' ? text : null }, text);
    open.textContent = text;
    return html('th', { scope: 'row', class: kind }, open);
  });
  return html('tr', {}, ...cells, html('td', {}, run));
}

window.addEventListener('message', ({ data }: MessageEvent<Partial<ExperimentsMessage> | null>) => {
  if (data?.type !== 'experiments' || !Array.isArray(data.rows)) return;
  rows = data.rows;
  render();
});
render();
host.postMessage({ type: 'ready' });

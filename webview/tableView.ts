import type { TableData } from './charts/contents.ts';
import { html } from './dom.ts';

/** The numbers behind a chart, in place of it. */
export function createTableView(label: string) {
  const element = html('div', { class: 'table-view', role: 'region', 'aria-label': label, tabindex: 0 });
  let shown = '';
  return {
    element,
    update({ columns, rows }: TableData): void {
      const text = JSON.stringify([columns, rows]);
      if (text === shown) return;
      shown = text;
      const head = html('tr', {}, ...columns.map((name) => html('th', { scope: 'col' }, name)));
      const body = rows.map(([first = '', ...others]) =>
        html('tr', {}, html('th', { scope: 'row' }, first), ...others.map((value) => html('td', {}, value))),
      );
      element.replaceChildren(html('table', {}, html('thead', {}, head), html('tbody', {}, ...body)));
    },
  };
}

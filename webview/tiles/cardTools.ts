import { toggle, toggled } from '../card.ts';
import type { ChartInput } from '../charts/input.ts';
import { copyTile } from '../copy.ts';
import { html, setText } from '../dom.ts';
import { copyIcon, expandIcon, saveIcon, tableIcon } from '../icons.ts';
import { savedOf } from './saved.ts';
import type { TileContext } from './tile.ts';

/** How long a tool says what it has done, in milliseconds. */
const SAID = 2000;

/** Copies the tile that it stands in, and says so in its own words, which screen readers tell. */
function copyTool(): HTMLElement {
  const label = 'Copy the picture, or the table where it is shown';
  const said = html('span', { class: 'said', role: 'status' });
  const button = html('button', { type: 'button', class: 'tool', title: label, 'aria-label': label }, copyIcon());
  const say = (text: string) => {
    setText(said, text);
    setTimeout(() => setText(said, ''), SAID);
  };
  button.addEventListener('click', () => {
    const card = button.closest('.card');
    if (!card) return;
    copyTile(card).then(
      (what) => say(what === 'numbers' ? 'table copied' : 'picture copied'),
      () => say('the clipboard is not allowed here'),
    );
  });
  return html('span', { class: 'copy' }, said, button);
}

/** Asks for the tile that it stands in as a file; hidden where it has neither a figure nor a table. */
export function createSaveTool(name: string, { save }: Pick<TileContext, 'save'>) {
  const label = 'Save as a figure or a table';
  const element = html('button', { type: 'button', class: 'tool save', title: label, 'aria-label': label }, saveIcon());
  let shown: ReturnType<typeof savedOf> | null = null;
  element.addEventListener('click', () => {
    const title = element.closest('.card')?.querySelector('h2')?.textContent ?? name;
    if (shown) save({ title, ...shown });
  });
  return {
    element,
    update(input: ChartInput): void {
      shown = savedOf(name, input);
      element.hidden = shown.figure === null && shown.table === null;
    },
  };
}

/** The tools that every tile has: a copy, a file, its numbers as a table, and its place on a row of its own. */
export function createCardTools(name: string, context: Pick<TileContext, 'change' | 'save'>) {
  const { change } = context;
  const file = createSaveTool(name, context);
  const table = toggle(tableIcon(), 'Show the numbers as a table', () =>
    change(({ tables }) => ({ tables: toggled(tables, name) })),
  );
  const wide = toggle(expandIcon(), 'Use the whole width', () => change((now) => ({ wide: toggled(now.wide, name) })));
  return {
    elements: [copyTool(), file.element, table.element, wide.element],
    update(input: ChartInput): void {
      file.update(input);
      const { tables, wide: wides } = input.preferences;
      table.set(tables.includes(name));
      wide.set(wides.includes(name));
    },
  };
}

import type { GridPlan } from '../extension/report/grid.ts';
import { shownName } from '../extension/report/shownName.ts';
import { toggled } from './card.ts';
import { html, svg } from './dom.ts';
import type { Interaction } from './interaction.ts';
import { cellStyles, optimizerDashes } from './palette.ts';
import type { Change, Preferences } from './preferences.ts';
import { swatch } from './swatch.ts';
import type { Theme } from './theme.ts';

/** What the legend's entries stand for, and the preference that hides them. */
const kinds = {
  parameterization: 'hiddenParameterizations',
  optimizer: 'hiddenOptimizers',
} as const;
type Kind = keyof typeof kinds;

interface Entry {
  kind: Kind;
  name: string;
  button: HTMLButtonElement;
}

/** All names but one are hidden, or none if that one was alone already. */
export function isolated(all: readonly string[], hidden: readonly string[], name: string): string[] {
  const others = all.filter((one) => one !== name);
  const isAlone = !hidden.includes(name) && others.every((one) => hidden.includes(one));
  return isAlone ? [] : others;
}

function lineSample(colour: string, dash: readonly number[], width = 2, marker = false): SVGElement {
  const sample = svg(
    'svg',
    { viewBox: '0 0 34 12', width: 34, height: 12, 'aria-hidden': 'true' },
    svg('line', {
      x1: 1,
      y1: 6,
      x2: 33,
      y2: 6,
      stroke: colour,
      'stroke-width': width,
      'stroke-dasharray': dash.join(' '),
    }),
  );
  if (marker) sample.append(svg('circle', { cx: 17, cy: 6, r: 3, fill: 'none', stroke: colour, 'stroke-width': 1.5 }));
  return sample;
}

/**
 * The legend of all charts: colour for the parameterization, line style for the optimizer, weight and marker for train and
 * test. A click on an entry hides it, a double click or Alt and a click leave it alone. Entries stay the same elements
 * while they are shown, so that no click is lost between two drawings.
 */
export function createLegend(change: Change, interaction: Interaction) {
  const element = html('nav', {
    class: 'legend',
    'aria-label': 'Legend: show or hide parameterizations and optimizers',
  });
  let entries: Entry[] = [];
  let shown = '';

  function press(hidden: Pick<Preferences, (typeof kinds)[Kind]>): void {
    for (const { kind, name, button } of entries)
      button.setAttribute('aria-pressed', String(!hidden[kinds[kind]].includes(name)));
  }

  function click({ kind, name }: Entry, isAlone: boolean): void {
    const all = entries.filter((entry) => entry.kind === kind).map((entry) => entry.name);
    change((current) => {
      const hidden = current[kinds[kind]];
      const next = { [kinds[kind]]: isAlone ? isolated(all, hidden, name) : toggled(hidden, name) };
      // Before the charts, which take longer.
      press({ ...current, ...next });
      return next;
    });
  }

  function entryOf(kind: Kind, name: string, sample: SVGElement, title: string): HTMLElement {
    const hint = 'Click: hide or show. Double click or Alt+click: this one alone.';
    const button = html(
      'button',
      { type: 'button', class: 'legend-entry', title: `${title}\n${hint}` },
      sample,
      shownName(name),
    );
    const entry = { kind, name, button };
    entries.push(entry);
    button.addEventListener('click', (event) => click(entry, event.altKey));
    // Two clicks came before it, and cancelled each other.
    button.addEventListener('dblclick', () => click(entry, true));
    button.addEventListener('pointerenter', () => interaction.light({ [kind]: name, source: 'legend' }));
    button.addEventListener('pointerleave', () => interaction.light({ [kind]: null, source: null }));
    return button;
  }

  function build(grid: GridPlan, theme: Theme): void {
    const focused = entries.find(({ button }) => button === document.activeElement);
    entries = [];
    const dashes = optimizerDashes(grid.optimizers);
    const style = cellStyles(grid, theme.parameterizations);
    const group = (label: string, ...members: HTMLElement[]) =>
      html('div', { class: 'legend-group', role: 'group', 'aria-label': label }, ...members);
    element.replaceChildren(
      group(
        'Parameterizations',
        ...grid.parameterizations.map((name) =>
          entryOf('parameterization', name, swatch(style(name, '')), `Parameterization ${shownName(name)}`),
        ),
      ),
      group(
        'Optimizers',
        ...grid.optimizers.map(({ name, description }) =>
          entryOf('optimizer', name, lineSample(theme.foreground, dashes.get(name) ?? []), shownName(description, 200)),
        ),
      ),
    );
    if (grid.problem.test > 0) {
      element.append(
        html(
          'div',
          { class: 'legend-group key' },
          html('span', {}, lineSample(theme.foreground, [], 2.5), 'train'),
          html('span', {}, lineSample(theme.foreground, [], 1.25, true), 'test'),
        ),
      );
    }
    entries.find(({ kind, name }) => kind === focused?.kind && name === focused.name)?.button.focus();
  }

  return {
    element,
    update(grid: GridPlan, next: Preferences, theme: Theme): void {
      const text = JSON.stringify([grid.parameterizations, grid.optimizers, theme, grid.problem.test > 0]);
      if (text !== shown) {
        shown = text;
        build(grid, theme);
      }
      press(next);
    },
  };
}

import type { GridPlan } from '../extension/report/grid.ts';
import { shownName } from '../extension/report/shownName.ts';
import { html, svg } from './dom.ts';
import { cellStyles, optimizerDashes } from './palette.ts';
import type { Preferences } from './preferences.ts';
import { swatch } from './swatch.ts';
import type { Theme } from './theme.ts';

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

function toggled(names: readonly string[], name: string): string[] {
  return names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
}

/** The legend of all charts: colour for the parameterization, line style for the optimizer, weight and marker for train and test. Its entries show and hide cells. */
export function createLegend(change: (preferences: Partial<Preferences>) => void) {
  const element = html('nav', {
    class: 'legend',
    'aria-label': 'Legend: show or hide parameterizations and optimizers',
  });
  let shown = '';

  function entry(sample: SVGElement, name: string, title: string, hidden: boolean, onClick: () => void): HTMLElement {
    const button = html(
      'button',
      { type: 'button', class: 'legend-entry', title, 'aria-pressed': String(!hidden) },
      sample,
      name,
    );
    button.addEventListener('click', onClick);
    return button;
  }

  return {
    element,
    update(grid: GridPlan, preferences: Preferences, theme: Theme): void {
      const { hiddenParameterizations, hiddenOptimizers } = preferences;
      const text = JSON.stringify([
        grid.parameterizations,
        grid.optimizers,
        hiddenParameterizations,
        hiddenOptimizers,
        theme,
      ]);
      if (text === shown) return;
      shown = text;
      const focused = document.activeElement?.textContent;
      const dashes = optimizerDashes(grid.optimizers);
      const style = cellStyles(grid, theme.parameterizations);
      const group = (label: string, ...entries: HTMLElement[]) =>
        html('div', { class: 'legend-group', role: 'group', 'aria-label': label }, ...entries);
      element.replaceChildren(
        group(
          'Parameterizations',
          ...grid.parameterizations.map((name) =>
            entry(
              swatch(style(name, '')),
              shownName(name),
              `Show or hide the parameterization ${shownName(name)}`,
              hiddenParameterizations.includes(name),
              () => change({ hiddenParameterizations: toggled(hiddenParameterizations, name) }),
            ),
          ),
        ),
        group(
          'Optimizers',
          ...grid.optimizers.map(({ name, description }) =>
            entry(
              lineSample(theme.foreground, dashes.get(name) ?? []),
              shownName(name),
              shownName(description, 200),
              hiddenOptimizers.includes(name),
              () => change({ hiddenOptimizers: toggled(hiddenOptimizers, name) }),
            ),
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
      for (const button of element.querySelectorAll('button')) {
        if (focused && button.textContent === focused) button.focus();
      }
    },
  };
}

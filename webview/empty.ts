import { shownName } from '../extension/report/shownName.ts';
import { progressRing } from './controls.ts';
import { html } from './dom.ts';
import { runIcon } from './icons.ts';
import type { PanelState } from './state.ts';

/** What the panel shows while there is nothing to draw. */
export function createEmpty() {
  const ring = progressRing();
  const title = html('h1');
  const text = html('p');
  const element = html('section', { class: 'empty' }, ring, title, text);
  return {
    element,
    /** Updates the text; returns whether one is shown instead of results. */
    update({ received, experiment }: PanelState): boolean {
      const loading = !received || (experiment?.status === 'loading' && !experiment.grid);
      const nothing = !experiment?.grid;
      const needed = loading || nothing;
      element.hidden = !needed;
      ring.hidden = !loading;
      if (!needed) return false;
      if (loading) {
        title.textContent = shownName(experiment?.experiment ?? '');
        text.textContent = experiment ? 'Loading the experiment…' : 'Loading…';
      } else if (experiment?.failure) {
        title.textContent = 'The experiment could not be run';
        text.textContent = 'The message above says where. Fix it and run again: results will appear here.';
      } else {
        title.textContent = experiment ? `${shownName(experiment.experiment)} has not run yet` : 'No results yet';
        text.replaceChildren(
          experiment ? 'Press ' : 'Click ',
          html('span', { class: 'key-cap' }, runIcon(), 'Run'),
          experiment
            ? ' above, or in the line above its definition.'
            : ' above an experiment in a .lab.ts file; its curves will appear here.',
        );
      }
      return true;
    },
  };
}

/** The numbers of the experiment's text as sliders. Turning one edits the text; everything else follows from there. */
import type { Knob } from '../../extension/report/knob.ts';
import { writtenLike } from '../../extension/report/notation.ts';
import { shownName } from '../../extension/report/shownName.ts';
import { html, setText } from '../dom.ts';
import { isStepped, PLACES, placeOf, valueAt } from './scale.ts';

export interface KnobActions {
  /** @param isEnd whether the knob was let go */
  turn(id: string, value: number, isEnd: boolean): void;
  isOpen: boolean;
  opened(isOpen: boolean): void;
}

/** A slider with its name and its number. */
interface Slider {
  element: HTMLElement;
  update(knob: Knob): void;
}

export function createKnobs({ turn, isOpen, opened }: KnobActions) {
  const summary = html('summary', { title: 'The numbers of the text: turning one edits it' });
  const body = html('div', { class: 'knob-groups' });
  const element = html('details', { class: 'knobs', open: isOpen, hidden: true }, summary, body);
  element.addEventListener('toggle', () => opened(element.open));
  let sliders = new Map<string, Slider>();
  /** What is being turned stays as it is until it is let go. */
  let held: string | null = null;
  let waiting: readonly Knob[] = [];

  function createSlider(first: Knob): Slider {
    let knob = first;
    const name = shownName(knob.label);
    const input = html('input', { type: 'range', 'aria-label': `${shownName(knob.group)} ${name}` });
    const output = html('output', { class: 'knob-number' });
    const show = (text: string) => {
      setText(output, text);
      input.setAttribute('aria-valuetext', text);
    };
    const take = (isEnd: boolean) => {
      const value = valueAt(Number(input.value), knob);
      held = isEnd ? null : knob.id;
      show(writtenLike(value, knob.text, knob.isWhole));
      turn(knob.id, value, isEnd);
      if (isEnd) update(waiting);
    };
    input.addEventListener('input', () => take(false));
    input.addEventListener('change', () => take(true));
    const label = html('span', { class: 'knob-name', title: name }, name);
    return {
      element: html('label', { class: 'knob' }, label, input, output),
      update(next) {
        if (held === next.id) return;
        knob = next;
        const [least, most] = isStepped(knob) ? [knob.least, knob.most] : [0, PLACES];
        input.min = String(least);
        input.max = String(most);
        input.step = isStepped(knob) ? '1' : 'any';
        input.value = String(placeOf(knob.value, knob));
        show(knob.text);
      },
    };
  }

  function rebuild(knobs: readonly Knob[]): void {
    const focused = [...sliders].find(([, slider]) => slider.element.contains(document.activeElement))?.[0];
    sliders = new Map(knobs.map((knob) => [knob.id, createSlider(knob)]));
    const groups = new Map<string, Knob[]>();
    for (const knob of knobs) groups.set(knob.group, [...(groups.get(knob.group) ?? []), knob]);
    body.replaceChildren(
      ...[...groups].map(([group, own]) =>
        html(
          'fieldset',
          { class: 'knob-group' },
          html('legend', {}, shownName(group)),
          ...own.flatMap(({ id }) => sliders.get(id)?.element ?? []),
        ),
      ),
    );
    if (focused !== undefined) sliders.get(focused)?.element.querySelector('input')?.focus();
  }

  function update(knobs: readonly Knob[]): void {
    waiting = knobs;
    if (held !== null) return;
    element.hidden = knobs.length === 0;
    setText(summary, `Knobs (${knobs.length})`);
    const isSame = knobs.length === sliders.size && knobs.every(({ id }) => sliders.has(id));
    if (!isSame) rebuild(knobs);
    for (const knob of knobs) sliders.get(knob.id)?.update(knob);
  }

  return { element, update };
}

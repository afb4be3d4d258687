import { html } from './dom.ts';

/** A term whose definition appears at the pointer and when the keyboard comes to it. */
export function definedTerm(name: string, meaning: string): HTMLElement {
  return html(
    'span',
    { class: 'defined', tabindex: 0 },
    name,
    html('span', { class: 'definition', role: 'tooltip' }, meaning),
  );
}

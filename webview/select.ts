import { html } from './dom.ts';

/** One entry of a list. */
export interface Option {
  value: string;
  label: string;
}

/** A small list of choices; `label` is for screen readers, `visibleLabel` stands before it. */
export function createSelect(label: string, onChange: (value: string) => void, visibleLabel = '') {
  const select = html('select', { class: 'select', 'aria-label': label, title: label });
  const element = html('label', { class: 'select-label' }, ...(visibleLabel ? [visibleLabel, ' '] : []), select);
  select.addEventListener('change', () => onChange(select.value));
  let shown = '';
  return {
    element,
    /** Shows these entries; does nothing if they are unchanged, so that an open list stays open. */
    set(options: readonly Option[], value: string): void {
      const wanted = JSON.stringify(options);
      if (wanted !== shown) {
        shown = wanted;
        select.replaceChildren(...options.map((one) => html('option', { value: one.value }, one.label)));
      }
      if (select.value !== value) select.value = value;
    },
  };
}

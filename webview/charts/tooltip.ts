import { html } from '../dom.ts';

/** One line of a tooltip. */
export interface TooltipRow {
  /** Colour of the dot before it; none if absent. */
  colour?: string;
  text: string;
  value?: string;
  strong?: boolean;
}

/** Rows of a tooltip, at most; further ones are counted. */
const MOST_ROWS = 18;

/** A box beside the pointer with a heading and rows; it never covers the pointer's place, nor leaves its parent. */
export function createTooltip(parent: HTMLElement) {
  const element = html('div', { class: 'tooltip' });
  element.hidden = true;
  parent.append(element);
  let shown = '';
  return {
    show(x: number, y: number, heading: string, rows: readonly TooltipRow[] = []): void {
      const text = JSON.stringify([heading, rows]);
      if (text !== shown) {
        shown = text;
        const seen = rows.slice(0, MOST_ROWS);
        element.replaceChildren(
          ...(heading ? [html('p', { class: 'tooltip-head' }, heading)] : []),
          ...seen.map(rowElement),
          ...(rows.length > seen.length ? [html('p', {}, `and ${rows.length - seen.length} more`)] : []),
        );
      }
      element.hidden = false;
      const { clientWidth, clientHeight } = parent;
      const { offsetWidth: width, offsetHeight: height } = element;
      const right = x + 14 + width <= clientWidth || x < clientWidth / 2;
      const left = right ? x + 14 : x - 14 - width;
      element.style.left = `${Math.max(-4, Math.min(left, clientWidth - width + 4))}px`;
      element.style.top = `${Math.max(-30, Math.min(y - height / 2, clientHeight - height))}px`;
    },
    hide(): void {
      element.hidden = true;
    },
  };
}

function rowElement({ colour, text, value, strong }: TooltipRow): HTMLElement {
  const dot = html('span', { class: 'tooltip-dot', 'aria-hidden': 'true' });
  if (colour) dot.style.background = colour;
  return html(
    'p',
    { class: strong ? 'tooltip-row strong' : 'tooltip-row' },
    dot,
    html('span', { class: 'tooltip-name' }, text),
    html('span', { class: 'tooltip-value' }, value ?? ''),
  );
}

import { html, setText } from '../dom.ts';

/** A tooltip for pictures that are not Chart.js charts. */
export function createTooltip(parent: HTMLElement) {
  const element = html('div', { class: 'tooltip', role: 'status' });
  element.hidden = true;
  parent.append(element);
  return {
    show(x: number, y: number, text: string): void {
      setText(element, text);
      element.hidden = false;
      const { clientWidth, clientHeight } = parent;
      element.style.left = `${Math.max(0, Math.min(x + 12, clientWidth - element.offsetWidth))}px`;
      element.style.top = `${Math.max(0, Math.min(y + 16, clientHeight - element.offsetHeight))}px`;
    },
    hide(): void {
      element.hidden = true;
    },
  };
}

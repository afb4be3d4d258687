import { html, setText } from './dom.ts';

/** A titled frame around a chart, with room for its choices, a caption, and a placeholder while it is empty. */
export interface Card {
  name: string;
  element: HTMLElement;
  /** Contains the chart; sized by the page. */
  body: HTMLElement;
  /** Choices beside the title. */
  tools: HTMLElement;
  title(text: string): void;
  /** What is drawn, in quiet letters beside the title. */
  subtitle(text: string): void;
  caption(text: string): void;
  /** Shows a text instead of the chart; null shows the chart. */
  empty(text: string | null): void;
}

/** Makes a card. */
export function createCard(name: string, title: string): Card {
  const tools = html('div', { class: 'tools' });
  const body = html('div', { class: 'card-body' });
  const placeholder = html('p', { class: 'placeholder' });
  const caption = html('p', { class: 'caption' });
  const heading = html('h2', { id: `${name}-title` }, title);
  const subtitle = html('span', { class: 'subtitle' });
  const element = html(
    'section',
    { class: `card ${name}`, 'aria-labelledby': `${name}-title` },
    html('div', { class: 'card-head' }, html('div', { class: 'card-title' }, heading, subtitle), tools),
    html('div', { class: 'card-frame' }, body, placeholder),
    caption,
  );
  return {
    name,
    element,
    body,
    tools,
    title(text) {
      setText(heading, text);
    },
    subtitle(text) {
      setText(subtitle, text);
    },
    caption(text) {
      setText(caption, text);
      caption.hidden = text === '';
    },
    empty(text) {
      setText(placeholder, text ?? '');
      placeholder.hidden = text === null;
      body.classList.toggle('invisible', text !== null);
    },
  };
}

/** A button that is pressed or not. */
export function toggle(icon: SVGElement, label: string, onClick: () => void) {
  const element = html('button', { type: 'button', class: 'tool', title: label, 'aria-label': label }, icon);
  element.addEventListener('click', onClick);
  return {
    element,
    set(isPressed: boolean): void {
      element.setAttribute('aria-pressed', String(isPressed));
    },
  };
}

/** A list of names with one added, or removed if it was there. */
export function toggled(names: readonly string[], name: string): string[] {
  return names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
}

/** A small set of mutually exclusive choices, as a row of buttons with a label before it. */
export function segmented<T extends string>(
  label: string,
  values: readonly { value: T; label: string; title?: string }[],
  onChange: (value: T) => void,
  visibleLabel = '',
) {
  const element = html('div', { class: 'segmented', role: 'group', 'aria-label': label });
  if (visibleLabel) element.append(html('span', { class: 'segmented-label', 'aria-hidden': 'true' }, visibleLabel));
  const buttons = values.map(({ value, label: text, title }) => {
    const button = html('button', { type: 'button', title }, text);
    button.addEventListener('click', () => onChange(value));
    element.append(button);
    return { value, button };
  });
  return {
    element,
    set(value: T): void {
      for (const one of buttons) one.button.setAttribute('aria-pressed', String(one.value === value));
    },
  };
}

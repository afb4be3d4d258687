import { html, setText } from './dom.ts';

/** A titled frame around a chart, with room for its choices, a caption, and a placeholder while it is empty. */
export interface Card {
  element: HTMLElement;
  /** Contains the chart; sized by the page. */
  body: HTMLElement;
  /** Choices beside the title. */
  tools: HTMLElement;
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
  const element = html(
    'section',
    { class: `card ${name}`, 'aria-labelledby': `${name}-title` },
    html('div', { class: 'card-head' }, heading, tools),
    html('div', { class: 'card-frame' }, body, placeholder),
    caption,
  );
  return {
    element,
    body,
    tools,
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

/** A small set of mutually exclusive choices, as a row of buttons. */
export function segmented<T extends string>(
  label: string,
  values: readonly { value: T; label: string; title?: string }[],
  onChange: (value: T) => void,
) {
  const element = html('div', { class: 'segmented', role: 'group', 'aria-label': label });
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

/** The only file that uses the component library, so that it can be replaced. */
import {
  type Button,
  type Dropdown,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
} from '@vscode/webview-ui-toolkit';

/** Registers the components; call before creating any. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeDropdown(), vsCodeOption(), vsCodeProgressRing());
}

/** A button with an icon and a label. */
export function button(label: string, icon: SVGElement | null, onClick: () => void, primary = true): HTMLElement {
  const element = document.createElement('vscode-button') as Button;
  element.appearance = primary ? 'primary' : 'secondary';
  if (icon) {
    icon.setAttribute('slot', 'start');
    element.append(icon);
  }
  element.append(label);
  element.addEventListener('click', onClick);
  return element;
}

/** One entry of a dropdown. */
export interface Option {
  value: string;
  label: string;
}

/** A dropdown whose entries may change while it is open. */
export interface Choice {
  element: HTMLElement;
  /** Shows these entries; does nothing if they are unchanged, so that an open list stays open. */
  set(options: readonly Option[], value: string): void;
}

/** A dropdown; `label` is for screen readers. */
export function choice(label: string, onChange: (value: string) => void): Choice {
  const element = document.createElement('vscode-dropdown') as Dropdown;
  element.setAttribute('aria-label', label);
  element.addEventListener('change', () => onChange(element.value));
  let shown = '';
  return {
    element,
    set(options, value) {
      const wanted = JSON.stringify([options, value]);
      if (wanted === shown) return;
      shown = wanted;
      element.replaceChildren(
        ...options.map((option) => {
          const entry = document.createElement('vscode-option');
          entry.setAttribute('value', option.value);
          if (option.value === value) entry.setAttribute('selected', '');
          entry.textContent = option.label;
          return entry;
        }),
      );
      element.value = value;
    },
  };
}

/** An indeterminate progress ring. */
export function progressRing(): HTMLElement {
  return document.createElement('vscode-progress-ring');
}

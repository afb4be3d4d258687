/** Stands in for VS Code in a report: the page asks for its view, and gets it from the file that it is in. */
import './theme.css';
import type { WebviewMessage } from '../../extension/panel/protocol.ts';
import type { ExperimentView, ViewMessage } from '../../extension/report/view.ts';
import { unpacked } from './unpacked.ts';

const views = unpacked(document.getElementById('results')?.textContent ?? '[]') as ExperimentView[];
const choices = views.map(({ file, experiment, status }) => ({ file, experiment, status }));
let shown = views[0] ?? null;
let state: unknown;

function show(view: ExperimentView | null): void {
  shown = view;
  const message: ViewMessage = { type: 'view', view, choices };
  window.dispatchEvent(new MessageEvent('message', { data: message }));
}

function receive(message: WebviewMessage): void {
  if (message.type === 'ready') show(shown);
  if (message.type !== 'select') return;
  const { file, experiment } = message;
  show(views.find((view) => view.file === file && view.experiment === experiment) ?? shown);
}

Object.assign(globalThis, {
  acquireVsCodeApi: () => ({
    // As in VS Code, the answer comes later.
    postMessage: (message: WebviewMessage) => setTimeout(() => receive(message)),
    getState: () => state,
    setState: (value: unknown) => {
      state = value;
    },
  }),
});

/** The page reads its theme from the class of its body. */
const dark = matchMedia('(prefers-color-scheme: dark)');
const contrast = matchMedia('(prefers-contrast: more)');
function applyTheme(): void {
  const kind = contrast.matches ? 'high-contrast' : '';
  document.body.classList.toggle('vscode-dark', dark.matches && !kind);
  document.body.classList.toggle('vscode-light', !(dark.matches || kind));
  document.body.classList.toggle('vscode-high-contrast', dark.matches && kind !== '');
  document.body.classList.toggle('vscode-high-contrast-light', !dark.matches && kind !== '');
}
applyTheme();
for (const query of [dark, contrast]) query.addEventListener('change', applyTheme);

import type { WebviewMessage } from '../extension/panel/protocol.ts';

interface VsCodeApi {
  postMessage(message: WebviewMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The way back to the extension. VS Code hands it out once per page. */
export interface Host {
  send(message: WebviewMessage): void;
  /** What the page kept when it was hidden or the window was reloaded; of unknown shape. */
  recall(): unknown;
  /** Keeps a value for {@link Host.recall} and for the extension's serializer. */
  keep(value: unknown): void;
}

/** Connects to the extension host. */
export function connect(): Host {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    recall: () => api.getState(),
    keep: (value) => api.setState(value),
  };
}

import type { WebviewMessage } from '../extension/panel/protocol.ts';

interface VsCodeApi {
  postMessage(message: WebviewMessage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The API for messages to the extension. VS Code hands it out once per page. */
export interface Host {
  send(message: WebviewMessage): void;
  /** The state stored before the page was hidden or the window reloaded; not validated. */
  recall(): unknown;
  /** Stores a state for {@link Host.recall} and for the extension's serializer. */
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

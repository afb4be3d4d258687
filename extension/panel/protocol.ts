import type { ExportRequest } from '../report/exportRequest.ts';

/** Commands of the extension that the page has buttons for. */
export const panelCommands = ['moreSeeds', 'moreSteps', 'runFresh', 'showHistory', 'pin', 'compareWithPinned'] as const;

export type PanelCommand = (typeof panelCommands)[number];

/** What the page of the results panel asks the extension for. What it is sent is in `report/view.ts`. */
export type WebviewMessage =
  /** The webview has loaded or was restored, and asks for its view. */
  | { type: 'ready' }
  | { type: 'run' }
  | { type: 'stop' }
  /** Asks for figures, tables or a report. */
  | { type: 'export'; of: ExportRequest }
  /** Asks for a command on the experiment on view. */
  | { type: 'command'; name: PanelCommand }
  | { type: 'select'; file: string; experiment: string }
  /** The pointer is at what is named; null for what is not, or at nothing. */
  | { type: 'light'; parameterization: string | null; optimizer: string | null }
  /** A knob was turned. `isEnd`: it was let go. */
  | { type: 'turn'; id: string; value: number; isEnd: boolean }
  /** Asks to show a position of the lab file in the editor. */
  | { type: 'reveal'; file: string; line: number; column: number };

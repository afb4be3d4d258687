import * as v from 'valibot';
import { exportRequest } from '../report/exportRequest.ts';
import { panelCommands, type WebviewMessage } from './protocol.ts';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const position = v.pipe(v.number(), v.integer(), v.minValue(1));

const webviewMessage = v.variant('type', [
  v.strictObject({ type: v.literal('ready') }),
  v.strictObject({ type: v.literal('run') }),
  v.strictObject({ type: v.literal('stop') }),
  v.strictObject({ type: v.literal('export'), of: exportRequest }),
  v.strictObject({ type: v.literal('command'), name: v.picklist(panelCommands) }),
  v.strictObject({ type: v.literal('select'), file: name, experiment: name }),
  v.strictObject({ type: v.literal('light'), parameterization: v.nullable(name), optimizer: v.nullable(name) }),
  v.strictObject({ type: v.literal('turn'), id: name, value: v.pipe(v.number(), v.finite()), isEnd: v.boolean() }),
  v.strictObject({ type: v.literal('reveal'), file: name, line: position, column: position }),
]);

/** The part of the webview's stored state that the extension reads when a window is restored. */
const keptState = v.object({ file: name, experiment: name });

/** A message of the webview; null if it is not valid. */
export function readWebviewMessage(data: unknown): WebviewMessage | null {
  const result = v.safeParse(webviewMessage, data);
  return result.success ? result.output : null;
}

/** The experiment that a restored panel showed; null if its state is not valid. */
export function readKeptState(state: unknown): { file: string; experiment: string } | null {
  const result = v.safeParse(keptState, state);
  return result.success ? result.output : null;
}

import { isCompleteResultEvent, type ResultEvent } from '../extension/report/events.ts';
import type { ViewMessage } from '../extension/report/view.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const isName = (value: unknown) => value === null || typeof value === 'string';

/** Checks the required fields of all other messages. */
const required: {
  [K in Exclude<ViewMessage['type'], ResultEvent['type']>]: (message: Record<string, unknown>) => boolean;
} = {
  view: (message) => Array.isArray(message.choices) && (message.view === null || isRecord(message.view)),
  choices: (message) => Array.isArray(message.choices),
  pinned: (message) => Array.isArray(message.pinned),
  knobs: (message) => Array.isArray(message.knobs),
  light: (message) => isName(message.parameterization) && isName(message.optimizer),
  status: (message) => typeof message.status === 'string',
};

/** Whether received data are a message of the protocol; everything else is ignored. */
export function isViewMessage(data: unknown): data is ViewMessage {
  if (!isRecord(data) || typeof data.type !== 'string') return false;
  if (isCompleteResultEvent(data)) return true;
  return Object.hasOwn(required, data.type) && required[data.type as keyof typeof required](data);
}

import type { HostMessage } from '../extension/panel/protocol.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** For each kind of message the field it cannot be read without, and what that field must be. */
const required: { [K in HostMessage['type']]: (message: Record<string, unknown>) => boolean } = {
  view: (message) => Array.isArray(message.choices) && (message.view === null || isRecord(message.view)),
  choices: (message) => Array.isArray(message.choices),
  sampled: (message) => Array.isArray(message.samples),
  projected: (message) => isRecord(message.projection),
  ran: (message) => isRecord(message.run),
  theorized: (message) => isRecord(message.theory),
  summarized: (message) => isRecord(message.summary),
  claimed: (message) => Array.isArray(message.claims),
  status: (message) => typeof message.status === 'string',
};

/** Whether something that arrived is a message of the protocol. Everything else is ignored. */
export function isHostMessage(data: unknown): data is HostMessage {
  if (!isRecord(data) || typeof data.type !== 'string' || !Object.hasOwn(required, data.type)) return false;
  return required[data.type as HostMessage['type']](data);
}

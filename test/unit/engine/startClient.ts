/** Engines for tests, with the events of whole requests. */
import path from 'node:path';
import { codeLimitsOf, EngineClient } from '../../../extension/engine/client.ts';
import type { CodeLimits, EngineEvent } from '../../../extension/engine/protocol.ts';
import { dist } from './labFile.ts';

const clients: EngineClient[] = [];

/** An engine that lasts until {@link endClients}. */
export function startClient(limits: Partial<CodeLimits> = {}, onOutput?: (text: string) => void): EngineClient {
  const client = new EngineClient({
    enginePath: path.join(dist, 'engine.js'),
    limits: () => ({ ...codeLimitsOf(), ...limits }),
    onOutput,
  });
  clients.push(client);
  return client;
}

export function endClients(): void {
  for (const client of clients.splice(0)) void client.dispose();
}

/** All events of one request. */
export async function eventsOf(engine: EngineClient, file: string, workers = 2): Promise<EngineEvent[]> {
  const all: EngineEvent[] = [];
  await engine.run({ file, experiments: null, workers, engine: 'auto' }, (event) => all.push(event)).ended;
  return all;
}

export type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;

/** The events of one type. */
export function of<T extends EngineEvent['type']>(all: EngineEvent[], type: T): EventOf<T>[] {
  return all.filter((event): event is EventOf<T> => event.type === type);
}

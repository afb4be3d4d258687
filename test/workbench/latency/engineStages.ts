/** The part of the engine in the time from a keystroke to a number: the same edits, asked of the engine alone. */
import path from 'node:path';
import { EngineClient } from '../../../extension/engine/client.ts';
import type { EngineEvent } from '../../../extension/engine/protocol.ts';
import { TemporaryFolder } from '../driver/folder.ts';

/** Milliseconds since the request. */
export interface Stages {
  loaded: number;
  planned: number;
  /** The first sample of a run that was trained. */
  sampled: number;
  /** The first seed of every changed cell has ended. */
  firstSeeds: number;
}

/**
 * Runs a series of texts of one lab file as drafts, each once the one before is over.
 * @param texts the first one is not measured: it starts the processes
 */
export async function engineStages(texts: readonly string[]): Promise<Stages[]> {
  const folder = new TemporaryFolder({ 'typed.lab.ts': texts[0] ?? '' });
  const client = new EngineClient({ enginePath: path.join(import.meta.dirname, '../../../dist/engine.js') });
  const store = { folder: path.join(folder.path, 'store'), fresh: false, exact: false, limit: 2 ** 30 };
  const file = path.join(folder.path, 'typed.lab.ts');
  const measured: Stages[] = [];
  let have: string[] = [];
  try {
    for (const text of texts) {
      const began = performance.now();
      const times: Partial<Stages> = {};
      const note = (stage: keyof Stages) => {
        times[stage] ??= performance.now() - began;
      };
      let planned: (EngineEvent & { type: 'planned' }) | null = null;
      const open = new Set<number>();
      const asked = { file, experiments: null, workers: null, engine: 'auto', store, draft: true, have } as const;
      const request = { ...asked, have: [...have], unsaved: [{ file, text }] };
      await client.run(request, (event) => {
        if (event.type === 'loaded') note('loaded');
        if (event.type === 'sampled') note('sampled');
        if (event.type === 'planned') {
          note('planned');
          planned = event;
          const carried = new Set(event.carried);
          const { runs, seeds } = event.grid;
          for (const { id, seed } of runs) if (!carried.has(id) && seed === seeds[0]) open.add(id);
        }
        if (event.type === 'ran' && open.delete(event.run.id) && open.size === 0) note('firstSeeds');
      }).ended;
      have = (planned as (EngineEvent & { type: 'planned' }) | null)?.keys ?? [];
      measured.push(times as Stages);
      // The next evaluator starts meanwhile, as it does while somebody thinks.
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  } finally {
    await client.dispose();
    folder.dispose();
  }
  return measured.slice(1);
}

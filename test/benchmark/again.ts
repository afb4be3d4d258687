/** What the gallery costs when all its runs are stored: milliseconds from the end of loading to the end of each experiment. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { EngineClient } from '../../extension/engine/client.ts';
import type { EngineEvent } from '../../extension/engine/protocol.ts';

const ROUNDS = 7;

/**
 * @param folder for the store
 * @returns the medians of several rounds in one engine, by file
 */
export async function galleryAgain(folder: string): Promise<[file: string, milliseconds: number][]> {
  const gallery = path.resolve('media/gallery');
  const client = new EngineClient({ enginePath: path.resolve('dist/engine.js') });
  const store = { folder, fresh: false, exact: false, limit: 2 ** 40 };
  const measure = async (name: string): Promise<number> => {
    const at = new Map<EngineEvent['type'], number>();
    let trained = 0;
    const asked = { file: path.join(gallery, name), experiments: null, workers: null, engine: 'cpu' as const, store };
    await client.run(asked, (event) => {
      at.set(event.type, performance.now());
      if (event.type === 'ran' && !event.run.stored) trained++;
    }).ended;
    if (trained > 0) return Number.NaN;
    return (at.get('finished') ?? Number.NaN) - (at.get('loaded') ?? Number.NaN);
  };
  try {
    const files = readdirSync(gallery).filter((name) => name.endsWith('.lab.ts'));
    for (const name of files) await measure(name);
    const times = new Map(files.map((name): [string, number[]] => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of files) times.get(name)?.push(await measure(name));
    }
    return [...times].map(([name, list]) => [name, list.sort((a, b) => a - b)[list.length >> 1] as number]);
  } finally {
    await client.dispose();
  }
}

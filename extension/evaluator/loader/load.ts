/** Executes a lab file and collects the experiments that it defines. Happens once in each evaluator. */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { type SizedExperiment, takeExperiments } from '../../lab/experiment.ts';
import { provideFiles } from '../../lab/files.ts';
import type { SourceText } from '../../report/recalled.ts';
import type { Dependencies, SourceModule } from '../protocol.ts';
import { DataFiles } from './dataFiles.ts';
import type { SentSources } from './hooks.ts';
import { LOAD_QUERY } from './query.ts';
import { watchVolatile } from './volatile.ts';

export interface Loading {
  /**
   * Loads the file.
   * @param unsaved texts that are read in place of what the disk has
   * @throws whatever the file throws, or a syntax error
   */
  load(file: string, sources: readonly SourceModule[], unsaved: readonly SourceText[]): Promise<SizedExperiment[]>;
  /** As far as known: planning may add to them. */
  dependencies(): Dependencies;
}

/** Starts the thread of the module hooks. Called before a file is known, because the thread takes time to start. */
export function prepareLoading(): Loading {
  const { port1, port2 } = new MessageChannel();
  register('./loader.js', import.meta.url, { data: port2, transferList: [port2] });
  port1.unref();
  const files = new DataFiles();
  let volatile = (): string[] => [];
  return {
    async load(file, sources, unsaved) {
      files.replace(unsaved);
      provideFiles((path) => files.bytes(path, file));
      port1.postMessage({ modules: sources, unsaved } satisfies SentSources);
      const url = pathToFileURL(file);
      url.searchParams.set(LOAD_QUERY, '1');
      volatile = watchVolatile();
      await import(url.href);
      return takeExperiments();
    },
    dependencies: () => ({ data: files.read, volatile: volatile() }),
  };
}

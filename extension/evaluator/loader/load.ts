/** Executes a lab file and collects the experiments that it defines. Happens once in each evaluator, after rehearsals. */
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
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
   * @param url its address, with a query where it is not what the disk has
   * @param unsaved texts that are read in place of what the disk has
   * @throws whatever the file throws, or a syntax error
   */
  load(url: URL, sources: readonly SourceModule[], unsaved: readonly SourceText[]): Promise<SizedExperiment[]>;
  /** As far as known: planning may add to them. */
  dependencies(): Dependencies;
}

/** Starts the thread of the module hooks. Called before a file is known, because the thread takes time to start. */
export function prepareLoading(): Loading {
  const { port1, port2 } = new MessageChannel();
  register('./loader.js', import.meta.url, { data: port2, transferList: [port2] });
  port1.unref();
  const files = new DataFiles();
  const volatile = watchVolatile();
  return {
    async load(url, sources, unsaved) {
      const file = fileURLToPath(url);
      files.replace(unsaved);
      provideFiles((path) => files.bytes(path, file));
      port1.postMessage({ modules: sources, unsaved } satisfies SentSources);
      const marked = new URL(url);
      marked.searchParams.set(LOAD_QUERY, '1');
      volatile.forget();
      await import(marked.href);
      return takeExperiments();
    },
    dependencies: () => ({ data: files.read, volatile: volatile.used }),
  };
}

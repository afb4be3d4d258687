/** Executes a lab file and collects the experiments that it defines. Happens once in each evaluator. */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import { type Experiment, takeExperiments } from '../../lab/experiment.ts';
import { provideFiles } from '../../lab/files.ts';
import type { SourceModule } from '../protocol.ts';
import { readDataFile } from './dataFiles.ts';
import { LOAD_QUERY } from './query.ts';

/**
 * Starts the thread of the module hooks. Called before a file is known, because the thread takes time to start.
 * @returns loads the file: it throws whatever the file throws, or a syntax error
 */
export function prepareLoading(): (file: string, sources: readonly SourceModule[]) => Promise<Experiment[]> {
  const { port1, port2 } = new MessageChannel();
  register('./loader.js', import.meta.url, { data: port2, transferList: [port2] });
  port1.unref();
  return async (file, sources) => {
    provideFiles((path) => readDataFile(path, file));
    port1.postMessage(sources);
    const url = pathToFileURL(file);
    url.searchParams.set(LOAD_QUERY, '1');
    await import(url.href);
    return takeExperiments();
  };
}

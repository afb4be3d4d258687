/** The thread that prepares modules: parsing a large file must not delay the engine's answers. */
import { parentPort } from 'node:worker_threads';
import { ModuleGraph } from './moduleGraph.ts';
import type { SourcesAnswer, SourcesQuestion } from './sources.ts';

const graph = new ModuleGraph();

parentPort?.on('message', ({ id, file, unsaved }: SourcesQuestion) => {
  parentPort?.postMessage({ id, ...graph.of(file, unsaved) } satisfies SourcesAnswer);
});

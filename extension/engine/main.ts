/**
 * The engine process: answers requests over the IPC channel until its parent disconnects. It executes no user code, so
 * that it always answers.
 */
import * as v from 'valibot';
import { compileEarly } from './compileEarly.ts';
import { WorkerPool } from './cpu/pool.ts';
import { Evaluators } from './evaluation/evaluators.ts';
import { GpuThread } from './gpu/thread.ts';
import { EngineRequestSchema, FOR_ONE } from './protocol.ts';
import { allowRelaxedSimd } from './relaxedSimd.ts';
import { Requests } from './requests.ts';
import { RunDispatcher } from './runDispatcher.ts';
import { Sources } from './sources/sources.ts';
import { Stores } from './stored/stores.ts';
import { TheoryThread } from './theory/thread.ts';

compileEarly();
// Set for all threads of this process, so that measurements do not depend on which thread starts first.
allowRelaxedSimd();

const dispatcher = new RunDispatcher(
  new WorkerPool(new URL('./worker.js', import.meta.url)),
  new GpuThread(new URL('./gpuWorker.js', import.meta.url)),
);
const theory = new TheoryThread(new URL('./theoryWorker.js', import.meta.url));
const stores = new Stores();
const requests = new Requests({
  dispatcher,
  theory,
  evaluators: new Evaluators(new URL('./evaluator.js', import.meta.url), process.argv.includes(FOR_ONE)),
  stores,
  sources: new Sources(new URL('./sources.js', import.meta.url)),
  emit: (event) => process.send?.(event),
});

process.on('message', (message) => {
  const request = v.parse(EngineRequestSchema, message);
  if (request.type === 'cancel') requests.cancel(request.request);
  else if (request.type === 'warm') requests.warm(request.workers);
  else if (request.type === 'explain') void requests.explain(request);
  else if (request.type === 'inspect') void requests.inspect(request);
  else if (request.type === 'recall') requests.recall(request);
  else if (request.type === 'history') requests.history(request);
  else void requests.run(request);
});
// A terminal interrupts all processes of a command: the one that asked decides what ends, and when.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => {
  stores.close();
  process.exit();
});
// The event was missed if the parent has gone while these modules were loaded.
if (process.connected === false) process.exit();

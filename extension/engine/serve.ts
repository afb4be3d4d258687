/** The engine's requests. It executes no user code, so that it always answers. */
import * as v from 'valibot';
import { WorkerPool } from './cpu/pool.ts';
import type { Evaluators } from './evaluation/evaluators.ts';
import { GpuThread } from './gpu/thread.ts';
import { Outbox } from './outbox.ts';
import { EngineRequestSchema } from './protocol.ts';
import { allowRelaxedSimd } from './relaxedSimd.ts';
import { Requests } from './requests.ts';
import { RunDispatcher } from './runDispatcher.ts';
import { Sources } from './sources/sources.ts';
import { Stores } from './stored/stores.ts';
import { TheoryThread } from './theory/thread.ts';

/**
 * Answers requests over the IPC channel until the parent of this process disconnects.
 * @param script the address of the script of a thread, by its name
 */
export function serve(evaluators: Evaluators, script: (name: string) => URL): void {
  // Set for all threads of this process, so that measurements do not depend on which thread starts first.
  allowRelaxedSimd();

  const dispatcher = new RunDispatcher(new WorkerPool(script('worker')), new GpuThread(script('gpuWorker')));
  const theory = new TheoryThread(script('theoryWorker'));
  const stores = new Stores();
  const outbox = new Outbox((answers) => process.send?.(answers));
  const requests = new Requests({
    dispatcher,
    theory,
    evaluators,
    stores,
    sources: new Sources(script('sources')),
    emit: (answer) => outbox.put(answer),
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
}

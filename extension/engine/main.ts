/** The engine process: answers requests over the process channel until its parent goes. */
import * as v from 'valibot';
import { WorkerPool } from './grid/pool.ts';
import { EngineRequestSchema } from './protocol.ts';
import { Requests } from './requests.ts';

// Frames of the user's may lie below many of the lab's.
Error.stackTraceLimit = 50;

const requests = new Requests(new WorkerPool(new URL('./worker.js', import.meta.url)), (event) =>
  process.send?.(event),
);

process.on('message', (message) => {
  const request = v.parse(EngineRequestSchema, message);
  if (request.type === 'cancel') requests.cancel(request.request);
  else if (request.type === 'explain') void requests.explain(request);
  else void requests.run(request);
});
process.on('disconnect', () => process.exit());

/** The theory thread: linear programs may be slow and must not delay runs. */
import { parentPort } from 'node:worker_threads';
import { type TheoryRequest, theoryOf } from '../../lab/theory/theory.ts';
import type { TheoryAnswer } from './thread.ts';

parentPort?.on('message', async ({ id, request }: { id: number; request: TheoryRequest }) => {
  const answer = await theoryOf(request).then(
    (theory): TheoryAnswer => ({ id, theory }),
    (error): TheoryAnswer => ({ id, why: error instanceof Error ? error.message : String(error) }),
  );
  parentPort?.postMessage(answer);
});

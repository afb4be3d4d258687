/** The theory thread: linear programs may be slow and must not delay runs. */
import { parentPort } from 'node:worker_threads';
import { inspectionOf } from '../../lab/inspection/inspection.ts';
import { theoryOf } from '../../lab/theory/theory.ts';
import { giveWayToTraining } from '../giveWay.ts';
import type { TheoryAnswer, TheoryQuestion } from './thread.ts';

const answerTo = async ({ type, request }: TheoryQuestion) =>
  type === 'theory' ? theoryOf(request) : inspectionOf(request);

giveWayToTraining();
parentPort?.on('message', async ({ id, question }: { id: number; question: TheoryQuestion }) => {
  const answer = await answerTo(question).then(
    (known): TheoryAnswer => ({ id, answer: known }),
    (error): TheoryAnswer => ({ id, why: error instanceof Error ? error.message : String(error) }),
  );
  parentPort?.postMessage(answer);
});

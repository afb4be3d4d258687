/**
 * The thread that executes user code. Its port to the supervisor, and what it needs to answer, are taken before user
 * code is loaded and are reachable from nowhere else.
 */
import { parentPort } from 'node:worker_threads';
import { keepChildren } from './childProcesses.ts';
import { Evaluation } from './evaluation.ts';
import { prepareLoading } from './loader/load.ts';
import { tellPrinted } from './printed.ts';
import { type EvaluatorAnswer, type EvaluatorNotice, type EvaluatorRequest, MARK } from './protocol.ts';
import type { ThreadStart } from './supervisor.ts';

// User frames may be below many lab frames.
Error.stackTraceLimit = 50;

const evaluation = new Evaluation(prepareLoading());

parentPort?.once('message', ({ port, spawned }: ThreadStart) => {
  const { apply } = Reflect;
  const { postMessage } = port;
  const post = (message: EvaluatorAnswer | EvaluatorNotice | { type: 'ready' }) => apply(postMessage, port, [message]);

  keepChildren(process.env[MARK] ?? '', () => Atomics.store(spawned, 0, 1));
  process.on('uncaughtException', (error) => post({ type: 'uncaught', failure: evaluation.uncaught(error) }));
  tellPrinted((printed) => post({ type: 'printed', ...printed }));
  const { exit } = process;
  process.exit = (code) => {
    const failure = evaluation.uncaught(new Error('process.exit() was called'));
    post({ type: 'ending', failure: { ...failure, hint: 'A lab file must not end its process.' } });
    return apply(exit, process, [code]);
  };

  port.on('message', (request: EvaluatorRequest) => {
    // A file that waits for something that never happens ends the thread instead of waiting forever.
    port.unref();
    void evaluation.answer(request).then((answer) => {
      port.ref();
      post(answer);
    });
  });
  post({ type: 'ready' });
});

/**
 * The evaluator process. It executes the code of one lab file for one request and is never used again. Its main thread
 * holds no user code: it starts the thread that does, relays requests and answers, and ends the process when that code
 * exceeds its limits, or when the engine has gone.
 */
import { Socket } from 'node:net';
import { Channel } from './channel.ts';
import { killDescendants } from './descendants.ts';
import { CHANNEL_FD, isEvaluatorRequest, MARK } from './protocol.ts';
import { Supervisor } from './supervisor.ts';

const supervisor = new Supervisor(new URL('./evaluatorWorker.js', import.meta.url), (message) => channel.send(message));
// A terminal interrupts all processes of a command: the one that asked decides what ends, and when.
process.on('SIGINT', () => undefined);
const channel: Channel = new Channel(new Socket({ fd: CHANNEL_FD }), {
  onMessage(message) {
    if (isEvaluatorRequest(message)) supervisor.take(message);
  },
  onClose() {
    if (supervisor.hasChildren) killDescendants(process.pid, process.env[MARK] ?? '');
    // `process.exit` would wait for a thread that is inside a native function.
    process.kill(process.pid, 'SIGKILL');
  },
});

/** A thread that helps another one with the long kernels of its program. It answers no messages while it waits. */
import { receiveMessageOnPort, workerData } from 'node:worker_threads';
import { giveWay } from '../giveWay.ts';
import { Control, type Part, workOff } from './control.ts';
import type { HelperMessage, HelperStart } from './team.ts';

giveWay();
const { control, port } = workerData as HelperStart;

/** The functions of each program, by its number. */
const programs = new Map<number, Part[]>();

for (;;) {
  Atomics.add(control, Control.active, 1);
  const generation = Atomics.load(control, Control.generation);
  try {
    takeMessages();
    const isOpen = generation % 2 !== 0;
    const part = isOpen && programs.get(control[Control.program]!)?.[control[Control.fn]!];
    if (part) workOff(control, part);
  } catch {
    Atomics.store(control, Control.failed, 1);
  }
  if (Atomics.sub(control, Control.active, 1) === 1) Atomics.notify(control, Control.active);
  Atomics.wait(control, Control.generation, generation);
}

function takeMessages(): void {
  for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
    const message = received.message as HelperMessage;
    if (message === 'forget') programs.clear();
    else {
      const { exports } = new WebAssembly.Instance(message.module, { env: { memory: message.memory } });
      const parts = Object.entries(exports).map(([number, part]) => [Number(number), part as Part] as const);
      programs.set(
        message.program,
        parts.sort(([a], [b]) => a - b).map(([, part]) => part),
      );
    }
  }
}

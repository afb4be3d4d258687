import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { CONTROL_LENGTH, Control } from '../../../../extension/engine/cpu/control.ts';
import { HelperTeam } from '../../../../extension/engine/cpu/team.ts';
import { Shares } from '../../../../extension/lab/compiler/wasm/shares.ts';
import { root } from '../../../tools/process.ts';

const script = pathToFileURL(path.join(root, 'dist/helper.js'));
const ROWS = 4096;
const HEIGHT = 16;

/** Bytes of a row: how often it was computed, and by which thread. */
const ROW = 16;
/** The rows are there twice: the argument of the function is the address of the first. */
const TABLE = ROW * ROWS;
const PAGES = (2 * TABLE) / 65536;

/** A function that counts how often each row is computed, and notes by which thread. */
function program() {
  const shares = new Shares(0, 3);
  shares.add(
    HEIGHT,
    (code, thread) => {
      const [row, address] = [code.integer(), code.integer()];
      code.get(1).set(row);
      code.upTo(row, 2, 1, () => {
        code.get(row).int(4).op('i32.shl').get(0).op('i32.add').set(address);
        code.get(address).get(address).at('f64.load', 0).double64(1).op('f64.add').at('f64.store', 0);
        code.get(address).double64(thread).at('f64.store', 8);
      });
    },
    { argument: 0, count: 0 },
  );
  const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES, shared: true });
  const moduleOf = (thread: number) => new WebAssembly.Module(shares.moduleFor(thread, PAGES));
  const cells = new Float64Array(memory.buffer);
  const rowsOf = (table: number) =>
    Array.from({ length: ROWS }, (_, row) => {
      const at = (table * TABLE + row * ROW) / 8;
      return { times: cells[at]!, thread: cells[at + 1]! };
    });
  return { shared: { memory, moduleOf, heights: shares.heights }, rowsOf };
}

it('computes each row of a round once, with all of its threads', () => {
  const { shared, rowsOf } = program();
  const team = new HelperTeam(script, 3, () => 3);
  const share = team.open(shared);
  const seen = new Set<number>();
  const until = performance.now() + 60_000;
  for (let round = 0; (round < 4000 || seen.size < 3) && performance.now() < until; round++) {
    share(0, (round % 2) * TABLE, ROWS);
    const rows = rowsOf(round % 2);
    expect(rows.filter(({ times }) => times !== Math.floor(round / 2) + 1)).toEqual([]);
    for (const { thread } of rows) seen.add(thread);
  }
  expect([...seen].sort()).toEqual([0, 1, 2]);
});

it('works alone while another run needs the other threads, and with programs that come and go', () => {
  let threads = 1;
  const team = new HelperTeam(script, 2, () => threads);
  const programs = [program(), program()];
  const shared = programs.map((one) => team.open(one.shared));
  for (let round = 0; round < 400; round++) {
    threads = round % 3 === 0 ? 1 : 2;
    shared[round % 2]!(0, 0, ROWS);
    if (round % 50 === 49) team.forget();
  }
  for (const { rowsOf } of programs) expect(rowsOf(0).every(({ times }) => times === 200)).toBe(true);
});

it('has no helper that outlives the thread it helps', async () => {
  // The helper waits for a round when its thread is ended.
  const source = `
    const { MessageChannel, parentPort, Worker, workerData } = require('node:worker_threads');
    const { port1, port2 } = new MessageChannel();
    const { control, script } = workerData;
    new Worker(new URL(script), { workerData: { control, port: port2 }, transferList: [port2] });
    setInterval(() => port1.ref(), 1000);
    parentPort.on('message', () => undefined);`;
  const control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_LENGTH));
  const worker = new Worker(source, { eval: true, workerData: { control, script: script.href } });
  // A round without rows wakes it: then it is counted as active.
  const isThere = () => {
    Atomics.add(control, Control.generation, 2);
    return Atomics.notify(control, Control.generation) > 0;
  };
  await vi.waitFor(() => expect(isThere()).toBe(true), { timeout: 30_000 });
  await vi.waitFor(() => expect(isThere()).toBe(true), { timeout: 30_000 });
  await worker.terminate();
  await vi.waitFor(() => expect(isThere()).toBe(false), { timeout: 30_000 });
});

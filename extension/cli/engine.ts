/** `depth-lab engine`: shows the measured cost of work on this machine, on which `--engine auto` bases its choice. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CostRates, CostTable } from '../engine/protocol.ts';
import { ExitStatus } from './exitStatus.ts';

export interface EngineOptions {
  /** Measure again. */
  calibrate?: boolean;
  json?: boolean;
}

/** Prints the cost table; measures first if there is none. */
export async function engine(options: EngineOptions): Promise<number> {
  const script = fileURLToPath(new URL('./calibrate.js', import.meta.url));
  const asked = options.calibrate ? ['--calibrate'] : [];
  let table: CostTable & { file: string };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...asked]);
    table = JSON.parse(stdout);
  } catch (error) {
    process.stderr.write(`this machine could not be measured: ${error instanceof Error ? error.message : error}\n`);
    return ExitStatus.Wrong;
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ kind: 'engine', ...table })}\n`);
  else process.stdout.write(`${tableText(table)}\n  stored in ${table.file}; --calibrate measures again\n`);
  return ExitStatus.Well;
}

function tableText({ machine, cpu, gpu, reason }: CostTable): string {
  const lines = [`  ${machine}`, ratesText('one thread of the CPU', cpu)];
  if (gpu === null) return [...lines, `  no GPU: ${reason}`, '  auto: the CPU'].join('\n');
  const auto = gpu.isSoftware ? 'the CPU: this is software' : 'whichever is predicted to be faster';
  return [...lines, ratesText(gpu.name, gpu.rates), `  auto: ${auto}`].join('\n');
}

function ratesText(name: string, { call, launch, flops, words }: CostRates): string {
  const micro = (seconds: number) => `${Number((1e6 * seconds).toPrecision(2))} µs`;
  const giga = (rate: number) => Number((rate / 1e9).toPrecision(2));
  return `  ${name}: ${micro(call)} a call · ${micro(launch)} a kernel · ${giga(flops)} GFLOP/s · ${giga(words)} G numbers/s`;
}

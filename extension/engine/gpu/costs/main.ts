/**
 * Prints the cost table as one JSON object. Measures if there is no table, with `--calibrate`, or if a GPU has become
 * available. Runs in a separate process, because a GPU driver may crash it.
 */
import { isRefusal } from '../../../lab/compiler/backend.ts';
import { findDevice } from '../adapter.ts';
import { calibrate } from './calibrate.ts';
import { type CostTable, readTable, tableFile, writeTable } from './table.ts';

const file = tableFile();
const known = process.argv.includes('--calibrate') ? null : readTable(file);
const table = known?.gpu ? known : await lookAgain(known);
if (table !== known) writeTable(table, file);
process.stdout.write(`${JSON.stringify({ file, ...table })}\n`);

async function lookAgain(before: CostTable | null): Promise<CostTable> {
  const device = await findDevice(process.cwd());
  if (before === null || !isRefusal(device)) return calibrate(device);
  return device.refusal === before.reason ? before : { ...before, reason: device.refusal };
}

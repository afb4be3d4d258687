/**
 * A process of its own that prints the table of costs as one JSON object, and measures where there is none or `--calibrate`
 * is given: a driver that ends the process ends no more than this one.
 */
import { calibrate } from './calibrate.ts';
import { readTable, tableFile, writeTable } from './table.ts';

const file = tableFile();
const known = process.argv.includes('--calibrate') ? null : readTable(file);
const table = known ?? (await calibrate(process.cwd()));
if (known === null) writeTable(table, file);
process.stdout.write(`${JSON.stringify({ file, ...table })}\n`);

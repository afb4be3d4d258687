/** `npm run fuzz -- [PROGRAMS [SEED]]`: random programs against JavaScript and differences; exit status 1 at the first fault. */
import fc from 'fast-check';
import { hold } from './hold.ts';
import { points, programText } from './programs.ts';

const [programs, seed] = [Number(process.argv[2] ?? 100_000), Number(process.argv[3] ?? 1)];
const count = { read: 0, refused: 0, values: 0, slopes: 0 };
const refusals = new Map<string, number>();

const result = fc.check(
  fc.property(programText, points, (text, at) => {
    const { refused, fault, values, slopes } = hold(text, at);
    if (refused === null) count.read++;
    else {
      count.refused++;
      refusals.set(refused, (refusals.get(refused) ?? 0) + 1);
    }
    count.values += values;
    count.slopes += slopes;
    if (fault !== null) throw new Error(fault);
  }),
  { numRuns: programs, seed },
);
for (const [message, times] of [...refusals].sort(([, a], [, b]) => b - a).slice(0, 8))
  console.log(`refused ${times}×: ${message}`);
console.log(
  `${count.read} programs read, ${count.refused} refused; ${count.values} values and ${count.slopes} slopes compared`,
);
if (result.failed) console.log(String((result.errorInstance as Error)?.message).slice(0, 400));
if (result.failed) console.log(fc.defaultReportMessage(result));
process.exitCode = result.failed ? 1 : 0;

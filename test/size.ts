/** `npm run size`: whether the packed extension is small enough. */
import { BUDGET, vsixSize } from './tools/vsix.ts';

const size = vsixSize();
const inMegabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(2)} MB`;
console.log(`The packed extension weighs ${inMegabytes(size)} of ${inMegabytes(BUDGET)}.`);
if (size > BUDGET) process.exitCode = 1;

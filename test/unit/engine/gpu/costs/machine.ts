/** A machine with a GPU, as it might have been measured. */
import { type CostTable, machineName, VERSION } from '../../../../../extension/engine/gpu/costs/table.ts';

export const cpu = { call: 1e-6, launch: 0, flops: 4e9, words: 2e9 };
export const gpu = { name: 'a GPU', isSoftware: false, rates: { call: 1e-4, launch: 5e-6, flops: 4e12, words: 1e11 } };
export const table: CostTable = { version: VERSION, machine: machineName(), cpu, gpu, reason: null };

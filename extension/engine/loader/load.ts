/** Loads a lab file and collects the experiments that it defines. */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Origin } from '../../lab/errors.ts';
import { type Experiment, takeExperiments } from '../../lab/experiment.ts';
import { provideFiles } from '../../lab/files.ts';
import { readDataFile } from './dataFiles.ts';
import { LOAD_QUERY } from './query.ts';

let hooked = false;
let loads = 0;
/** The lab file of each load, by its number. */
const files = new Map<string, string>();

provideFiles((path, from) => readDataFile(path, labFileOf(from)));

/** The lab file from which a call originated. */
function labFileOf({ stack }: Origin): string | null {
  const number = new RegExp(`\\?${LOAD_QUERY}=(\\d+)`).exec(stack)?.[1];
  return (number && files.get(number)) ?? null;
}

/**
 * Executes the user's file with fresh modules.
 * @param file absolute path
 * @throws any error thrown by the file, or a syntax error
 */
export async function loadLabFile(file: string): Promise<Experiment[]> {
  if (!hooked) {
    register('./loader.js', import.meta.url);
    hooked = true;
  }
  takeExperiments(); // discard experiments of a failed load
  const url = pathToFileURL(file);
  url.searchParams.set(LOAD_QUERY, String(++loads));
  files.set(String(loads), file);
  await import(url.href);
  return takeExperiments();
}

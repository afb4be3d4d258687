/** Loads a lab file and collects the experiments that it defines. */
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { type Experiment, takeExperiments } from '../../lab/experiment.ts';
import { LOAD_QUERY } from './query.ts';

let hooked = false;
let loads = 0;

/**
 * Runs the user's file, with fresh modules each time.
 * @param file absolute path
 * @throws whatever the file throws, or what is wrong with its text
 */
export async function loadLabFile(file: string): Promise<Experiment[]> {
  if (!hooked) {
    register('./loader.js', import.meta.url);
    hooked = true;
  }
  takeExperiments(); // what a load that failed left behind
  const url = pathToFileURL(file);
  url.searchParams.set(LOAD_QUERY, String(++loads));
  await import(url.href);
  return takeExperiments();
}

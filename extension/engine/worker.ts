/** A worker thread of the processor. It never sees the user's code, only plans. */
import { train } from '../lab/training/run.ts';
import { serveRuns } from './grid/serveRuns.ts';

serveRuns(train);

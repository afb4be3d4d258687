/** A worker thread of the CPU. It never sees the user's code, only plans. */
import { serveRuns } from './service.ts';

serveRuns();

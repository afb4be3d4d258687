/** A worker thread of the CPU. It never loads user code, only plans. */
import { serveRuns } from './service.ts';

serveRuns();

/** A worker thread of the CPU. It never loads user code, only plans. */
import { giveWay } from '../giveWay.ts';
import { serveRuns } from './service.ts';

giveWay();
serveRuns(new URL('./helper.js', import.meta.url));

/** Finds the line at which another thread of this process stands, with the inspector. */
import { type NodeWorker, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import type { Place } from '../lab/errors.ts';
import { LOAD_QUERY } from './loader/query.ts';

/** Milliseconds to wait: a thread that is inside a native function does not pause. */
const PATIENCE_MS = 2000;

/**
 * Pauses the thread for good and returns the innermost line of a user module in its call stack; null if there is none,
 * or if the thread does not pause.
 * @param script the URL of the thread's script
 */
export function standingPlace(script: string): Promise<Place | null> {
  const session = new Session();
  session.connect();
  return new Promise((resolve) => {
    const settle = (place: Place | null) => {
      clearTimeout(timer);
      resolve(place);
    };
    const timer = setTimeout(settle, PATIENCE_MS, null);
    let attached: string | null = null;
    let asked = 0;
    const tell = (sessionId: string, ...methods: string[]) => {
      for (const method of methods) {
        const message = JSON.stringify({ id: asked++, method });
        session.post('NodeWorker.sendMessageToWorker', { sessionId, message });
      }
    };
    const urls = new Map<string, string>();
    session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
      if (workerInfo.url !== script) return;
      attached = sessionId;
      tell(sessionId, 'Debugger.enable', 'Debugger.pause');
    });
    session.on('NodeWorker.receivedMessageFromWorker', ({ params }: { params: FromWorker }) => {
      if (params.sessionId !== attached) return;
      const { method, params: details } = JSON.parse(params.message) as WorkerMessage;
      if (method === 'Debugger.scriptParsed') urls.set(details.scriptId, details.url);
      if (method !== 'Debugger.paused') return;
      const place = userPlace(details.callFrames, urls);
      if (place) settle(place);
      // Between two calls of the user's code, the thread stands in code of Node.
      else tell(params.sessionId, 'Debugger.resume', 'Debugger.pause');
    });
    session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
  });
}

type FromWorker = NodeWorker.ReceivedMessageFromWorkerEventDataType;

interface Frame {
  location: { scriptId: string; lineNumber: number; columnNumber?: number };
}

type WorkerMessage =
  | { method: 'Debugger.scriptParsed'; params: { scriptId: string; url: string } }
  | { method: 'Debugger.paused'; params: { callFrames: Frame[] } };

function userPlace(frames: readonly Frame[], urls: ReadonlyMap<string, string>): Place | null {
  for (const { location } of frames) {
    const url = urls.get(location.scriptId);
    if (!url?.endsWith(`?${LOAD_QUERY}=1`)) continue;
    const file = fileURLToPath(new URL(url));
    return { file, line: location.lineNumber + 1, column: (location.columnNumber ?? 0) + 1 };
  }
  return null;
}

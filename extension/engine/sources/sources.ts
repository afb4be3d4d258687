/** Prepares the user's modules for the evaluators, on a thread of its own. */
import { Worker } from 'node:worker_threads';
import type { SourceModule } from '../../evaluator/protocol.ts';
import type { SourceText } from '../../report/recalled.ts';

export interface SourcesQuestion {
  id: number;
  file: string;
  /** Texts that are read in place of what the disk has. */
  unsaved: readonly SourceText[];
}

export interface Prepared {
  modules: SourceModule[];
  /** The texts of these and of the other files that they import, the lab file first, with absolute paths. */
  texts: SourceText[];
}

export interface SourcesAnswer extends Prepared {
  id: number;
}

export class Sources {
  private worker: Worker;
  private readonly waiting = new Map<number, (prepared: Prepared) => void>();
  private next = 1;

  constructor(private readonly script: URL) {
    this.worker = this.start();
  }

  /**
   * The modules of a lab file that could be prepared; those that could not are left to the evaluator.
   * @param unsaved texts that are read in place of what the disk has
   */
  of(file: string, unsaved: readonly SourceText[] = []): Promise<Prepared> {
    return new Promise((resolve) => {
      const id = this.next++;
      this.waiting.set(id, resolve);
      this.worker.postMessage({ id, file, unsaved } satisfies SourcesQuestion);
    });
  }

  private start(): Worker {
    const worker = new Worker(this.script);
    worker.on('message', ({ id, ...prepared }: SourcesAnswer) => {
      this.waiting.get(id)?.(prepared);
      this.waiting.delete(id);
    });
    // A text that no parser survives: the evaluators read their files themselves.
    worker.on('error', () => {
      this.worker = this.start();
      for (const answer of this.waiting.values()) answer({ modules: [], texts: [] });
      this.waiting.clear();
    });
    return worker;
  }
}

/** Computes theoretical predictions on a separate thread. */
import { Worker } from 'node:worker_threads';
import type { InspectionRequest } from '../../lab/inspection/inspection.ts';
import type { Inspection, Theory } from '../../lab/results.ts';
import type { TheoryRequest } from '../../lab/theory/theory.ts';

/** What is asked of the thread. */
export type TheoryQuestion =
  | { type: 'theory'; request: TheoryRequest }
  | { type: 'inspection'; request: InspectionRequest };

export type TheoryAnswer = { id: number; answer: Theory | Inspection } | { id: number; why: string };

interface Question {
  wanted: Int32Array;
  settle(answer: Theory | Inspection | Error | null): void;
}

export class TheoryThread {
  private worker: Worker | null = null;
  private readonly questions = new Map<number, Question>();
  private next = 1;

  constructor(private readonly script: URL) {}

  /**
   * @param wanted shared flag; 0 drops the request
   * @returns null when it was dropped
   * @throws Error if the computation fails
   */
  ask(request: TheoryRequest, wanted: Int32Array): Promise<Theory | null> {
    return this.answer({ type: 'theory', request }, wanted) as Promise<Theory | null>;
  }

  /** The same for what is said of parameterizations. */
  inspect(request: InspectionRequest, wanted: Int32Array): Promise<Inspection | null> {
    return this.answer({ type: 'inspection', request }, wanted) as Promise<Inspection | null>;
  }

  private answer(question: TheoryQuestion, wanted: Int32Array): Promise<Theory | Inspection | null> {
    return new Promise((resolve, reject) => {
      const id = this.next++;
      const settle: Question['settle'] = (answer) => {
        this.questions.delete(id);
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      this.questions.set(id, { wanted, settle });
      this.worker ??= this.start();
      this.worker.postMessage({ id, question });
    });
  }

  /** Drops all requests with this flag; terminates the thread if there are no others. */
  drop(wanted: Int32Array): void {
    const all = [...this.questions.values()];
    const dropped = all.filter((question) => question.wanted === wanted);
    if (dropped.length > 0 && dropped.length === all.length) this.stop();
    for (const question of dropped) question.settle(null);
  }

  private start(): Worker {
    const worker = new Worker(this.script, { argv: process.argv.slice(2) });
    worker.on('message', (answer: TheoryAnswer) =>
      this.questions.get(answer.id)?.settle('answer' in answer ? answer.answer : new Error(answer.why)),
    );
    worker.on('error', (error) => {
      this.stop();
      const why = error instanceof Error ? error : new Error(String(error));
      for (const question of [...this.questions.values()]) question.settle(why);
    });
    return worker;
  }

  private stop(): void {
    void this.worker?.terminate();
    this.worker = null;
  }
}

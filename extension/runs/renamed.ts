/** What is known of a file whose path has changed. */
import type { Failure } from '../report/failure.ts';
import type { ExperimentRecord } from './record.ts';

export function renamed(record: ExperimentRecord, from: string, to: string): ExperimentRecord {
  const { view, failures } = record;
  const failure = view.failure && movedFailure(view.failure, from, to);
  return {
    ...record,
    view: { ...view, file: to, failure },
    failures: failures.map((one) => movedFailure(one, from, to)),
  };
}

/** A failure in that file, at its new path; others as they are. */
export function movedFailure(failure: Failure, from: string, to: string): Failure {
  return failure.file === from ? { ...failure, file: to } : failure;
}

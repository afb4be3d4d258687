import type { EngineRun } from '../../../extension/engine/client.ts';
import type { EngineEvent } from '../../../extension/engine/protocol.ts';
import type { Engine } from '../../../extension/runs/engine.ts';
import type { Bare } from './events.ts';

/** One request to the engine, whose events the test sends. */
export class FakeRun implements EngineRun {
  canceled = false;
  readonly ended: EngineRun['ended'];
  private settle: (outcome: 'done' | 'canceled' | 'failed') => void = () => {};

  constructor(
    readonly request: number,
    readonly asked: Parameters<Engine['run']>[0],
    private readonly onEvent: (event: EngineEvent) => void,
  ) {
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  cancel(): void {
    this.canceled = true;
  }

  send(...events: Bare[]): void {
    for (const event of events) {
      this.onEvent({ ...event, request: this.request } as EngineEvent);
      if (event.type === 'ended') this.settle(event.outcome);
    }
  }
}

/** An engine that does what the test says. */
export class FakeEngine implements Engine {
  readonly runs: FakeRun[] = [];

  run(asked: Parameters<Engine['run']>[0], onEvent: (event: EngineEvent) => void): FakeRun {
    const run = new FakeRun(this.runs.length + 1, asked, onEvent);
    this.runs.push(run);
    return run;
  }

  get last(): FakeRun {
    return this.runs[this.runs.length - 1];
  }
}

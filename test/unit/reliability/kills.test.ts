import { expect, it } from 'vitest';
import { kill, type Trial, trials } from '../../reliability/kills.ts';

const count = Number(process.env.KILLS ?? 10);

async function holds(trial: Trial): Promise<void> {
  const { left, lost } = await kill(trial);
  expect({ trial, left, lost }).toEqual({ trial, left: [], lost: 0 });
}

it.skipIf(process.platform !== 'linux')(
  'whatever is killed, and when: no process is left, and no reported run is lost',
  async () => {
    for (const trial of trials(count, Date.now())) await holds(trial);
  },
  count * 30_000,
);

it.skipIf(process.platform !== 'linux')(
  'the engine ends what user code has started before it ends itself',
  async () => {
    const deed = 'has a grandchild in a session of its own';
    for (const after of [3000, 3500, 4000]) await holds({ deed, victim: 'the process of user code', after });
  },
  120_000,
);

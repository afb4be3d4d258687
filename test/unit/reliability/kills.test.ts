import { expect, it } from 'vitest';
import { kill, trials } from '../../reliability/kills.ts';

const count = Number(process.env.KILLS ?? 12);

it.skipIf(process.platform !== 'linux')(
  'whatever is killed, and when: no process is left, and no reported run is lost',
  async () => {
    for (const trial of trials(count, Date.now())) {
      const { left, lost } = await kill(trial);
      expect({ trial, left, lost }).toEqual({ trial, left: [], lost: 0 });
    }
  },
  count * 20_000,
);

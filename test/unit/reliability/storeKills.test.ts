import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleStoreChild, killStore, storeTrials } from '../../reliability/storeKills.ts';

/** Longer runs: `STORE_KILLS=300`. */
const KILLS = Number(process.env.STORE_KILLS ?? 24);

const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-kills-'));
let program = '';
beforeAll(async () => {
  program = await bundleStoreChild(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(
  `loses nothing that was acknowledged when writers and prunings are killed ${KILLS} times`,
  async () => {
    let acknowledged = 0;
    for (const trial of storeTrials(KILLS, 1)) {
      const outcome = await killStore(program, trial);
      expect(outcome).toEqual({ ...outcome, lost: 0, wrong: 0, problems: [] });
      acknowledged += outcome.acknowledged;
    }
    // They have written indeed.
    expect(acknowledged).toBeGreaterThan(10 * KILLS);
  },
  30_000 + 5_000 * KILLS,
);

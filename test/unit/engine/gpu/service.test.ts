import { describe, expect, it } from 'vitest';
import type { GpuReport } from '../../../../extension/engine/gpu/protocol.ts';
import { GpuService } from '../../../../extension/engine/gpu/service.ts';
import type { Refusal } from '../../../../extension/lab/compiler/backend.ts';
import type { Device } from '../../../../extension/lab/compiler/gpu/device.ts';
import { gd, linear, separable } from '../../../../extension/lab/index.ts';
import { failingDevice } from './failingDevice.ts';
import { wanted } from './fakeThread.ts';
import { plansOf } from './runs.ts';

const plans = plansOf({
  problem: separable({ dimension: 3, train: 5 }),
  parameterization: linear(),
  optimizer: gd({ rate: 0.1 }),
  steps: 6,
});

/** What the service reports of the runs, until each has ended. */
function reportsWith(device: Device | Refusal, name?: string): Promise<GpuReport[]> {
  return new Promise((resolve) => {
    const reports: GpuReport[] = [];
    let ended = 0;
    const service = new GpuService(
      (report) => {
        reports.push(report);
        if (report.type === 'ran' || report.type === 'refused' || report.type === 'failed') ended++;
        if (ended === plans.length) resolve(reports);
      },
      async () => device,
    );
    const flag = wanted();
    const jobs = plans.map((plan, job) => ({ job, plan, wanted: flag, ...(name ? { device: name } : {}) }));
    service.receive({ type: 'train', folder: '/', jobs });
  });
}

const typesOf = (reports: GpuReport[]) => reports.map(({ type }) => type).filter((type) => type !== 'sampled');

describe('the service in the thread of the GPU', () => {
  it('says that there is no device before it refuses the runs', async () => {
    const reports = await reportsWith({ refusal: 'no driver' });
    expect(reports).toEqual([
      { type: 'unavailable', reason: 'no driver' },
      ...plans.map((_, job) => ({ type: 'refused', job, reason: 'no driver' })),
    ]);
  });

  it('says that its device is of no more use before the runs end', async () => {
    const reports = await reportsWith(failingDevice());
    expect(typesOf(reports)).toEqual(['unavailable', 'ran', 'ran', 'ran']);
    expect(reports).toContainEqual({ type: 'unavailable', reason: 'the GPU failed: device lost' });
  });

  it('refuses runs that are meant for another device, and keeps its own', async () => {
    const reports = await reportsWith(failingDevice(), 'another GPU');
    expect(typesOf(reports)).toEqual(['refused', 'refused', 'refused']);
    expect(reports[0]).toMatchObject({ reason: expect.stringContaining('the GPU is a GPU, but another GPU was') });
  });
});

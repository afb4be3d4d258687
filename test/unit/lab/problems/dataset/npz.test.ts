import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { provideFiles } from '../../../../../extension/lab/files.ts';
import { dataset } from '../../../../../extension/lab/index.ts';
import { readNpy } from '../../../../../extension/lab/problems/dataset/npy.ts';
import { readNpz } from '../../../../../extension/lab/problems/dataset/npz.ts';
import { drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { npy } from './npyFile.ts';

describe('an archive of arrays', () => {
  const archive = zipSync({ 'x.npy': npy('<f8', [2, 1], [1, 2]), 'y.npy': npy('<i8', [2], [0, 1]) });

  it('has its arrays by their names', () => {
    provideFiles((path) => (path === 'd.npz' ? archive : new Uint8Array()));
    const problem = dataset({ npz: 'd.npz', inputs: 'x', labels: 'y', loss: 'logistic', split: 1, standardize: false });
    expect(drawProblem({ ...problem, split: null } as typeof problem, 1)).toMatchObject({
      trainTargets: Float64Array.from([-1, 1]),
    });
    const tested = dataset({
      npz: 'd.npz',
      inputs: 'x.npy',
      labels: 'y',
      test: { inputs: 'x', labels: 'y' },
      loss: 'square',
    });
    expect(drawProblem(tested, 1).testTargets).toEqual(Float64Array.from([0, 1]));
  });

  it('names what it has', () => {
    expect(() => readNpz(archive, 'd.npz', 'z', [])).toThrow("d.npz has no array 'z'");
    expect(() => readNpz(npy('<f8', [1], [1]), 'd.npz', 'x', [])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('use `npy`') }),
    );
    expect(() => readNpy(archive, 'd.npz')).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('use `npz`') }),
    );
    expect(() => readNpz(archive.subarray(0, 40), 'd.npz', 'x', [])).toThrow('d.npz is not a .npz archive');
  });
});

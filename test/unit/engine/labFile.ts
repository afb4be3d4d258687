/** Lab files in a folder of their own, and the built engine that runs them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));

/** A folder that goes when `remove` is called. */
export class LabFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), 'depth-lab-'));

  /** @returns the file's path */
  write(name: string, text: string | Uint8Array): string {
    const file = path.join(this.path, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** A small experiment with a blank for each part of it. */
export function labText({
  before = '',
  names = 'experiment, separable, matrixCompletion, dataset, linear, diagonal, deepLinear, factorization, elementwise, gd, ngd',
  problem = 'separable({ dimension: 6, train: 4, test: 20 })',
  parameterizations = '{ linear: linear() }',
  optimizers = '{ GD: gd({ rate: 0.1 }) }',
  rest = 'steps: 20,',
} = {}): string {
  return `import { ${names} } from 'depth-lab';
${before}
experiment('small', {
  problem: ${problem},
  parameterizations: ${parameterizations},
  optimizers: ${optimizers},
  ${rest}
});
`;
}

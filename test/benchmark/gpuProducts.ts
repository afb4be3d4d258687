/** Matrix products on the GPU: kernels that take one term of each sum a round against those that take several. */
import type { Device, Handle } from '../../extension/lab/compiler/gpu/device.ts';
import { productBody } from '../../extension/lab/compiler/gpu/matmul.ts';
import { secondsOf } from './secondsOf.ts';

const SIZES = [64, 128, 256];
const ORIENTATIONS = [
  { name: 'a b', transposeA: false, transposeB: false },
  { name: 'a bᵀ', transposeA: false, transposeB: true },
  { name: 'aᵀ b', transposeA: true, transposeB: false },
];
/** The two are measured in turn so often, and the fastest counts. */
const ROUNDS = 5;

/** Prints the table. @param patience seconds for each measurement, about */
export async function compareProducts(device: Device, patience: number): Promise<void> {
  console.log('\nMatrix products: milliseconds with one term of each sum a round, and with several');
  for (const size of SIZES) {
    for (const { name, ...orientation } of ORIENTATIONS) {
      const product = { m: size, k: size, n: size, ...orientation };
      const bodies = [productBody(product, READING, 1), productBody(product, READING)];
      const best = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let round = 0; round < ROUNDS; round++) {
        for (const [i, body] of bodies.entries()) {
          best[i] = Math.min(best[i], await timeOf(device, body, size, patience / ROUNDS));
        }
      }
      const columns = best.map((seconds) => (1000 * seconds).toPrecision(3).padStart(8));
      console.log(
        `  ${name.padEnd(5)} ${String(size).padStart(4)} ${columns.join(' ')}   ${(best[0] / best[1]).toPrecision(3)}`,
      );
    }
  }
}

const READING = { a: (index: string) => `a[${index}]`, b: (index: string) => `b[${index}]` };

/** Seconds of one product, in a plan that multiplies again and again. */
async function timeOf(device: Device, body: string, size: number, patience: number): Promise<number> {
  const kernel = device.createKernel(`function (a, b) {\n${body}\n}`, {
    output: [size, size],
    loopMaxIterations: size,
  });
  const products = Math.max(1, Math.round(256 / size));
  const plan = device.createPipeline((a: Handle, b: Handle) => {
    let x = a;
    for (let i = 0; i < products; i++) x = kernel(x, b);
    return [x];
  });
  const mean = new Float32Array(size * size).fill(1 / size);
  const [a, b] = [0, 1].map(() => device.input(mean, [mean.length]));
  const seconds = await secondsOf(patience, async (steps) => {
    for (let i = 0; i < steps; i++) await plan(a, b);
  });
  void plan.destroy();
  kernel.destroy();
  return seconds / products;
}

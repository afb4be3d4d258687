/**
 * The arithmetic of this machine: processors round fused products differently, and engines of JavaScript differ in
 * `Math.pow` and others. Two machines of one fingerprint compute the same bits.
 */
import { createHash, type Hash } from 'node:crypto';
import { javascript, webAssembly } from '../../lab/compiler/backends.ts';
import { GraphBuilder } from '../../lab/compiler/builder.ts';
import type { BinaryFunction, UnaryFunction } from '../../lab/compiler/functions.ts';
import { binaryFunctions, unaryFunctions } from '../../lab/compiler/functions.ts';
import { CompiledModule } from '../../lab/compiler/module.ts';
import { RUNTIME } from '../../lab/compiler/native/print.ts';
import type { TrainedRun } from '../../lab/run.ts';
import { compilerOfThisMachine } from '../native/compiler.ts';

/** Operands over many magnitudes, with full mantissas. */
const OPERANDS = Array.from({ length: 64 }, (_, i) => (i % 2 ? -1 : 1) * Math.SQRT2 * 1.618033988749895 ** (i - 32));
const SIDE = 8;

let known: string | null = null;
let knownOfCompiler: string | null = null;

/** The hash of a probe that executes every function of the graph and products of matrices, in both back ends. */
export function fingerprint(): string {
  known ??= probe();
  return known;
}

/** The arithmetic of a run: programs in C have one of their own, by their compiler and what they call. */
export function fingerprintOf({ device }: Pick<TrainedRun, 'device'>): string {
  const compiler = device === 'native' ? compilerOfThisMachine() : null;
  if (!compiler) return fingerprint();
  knownOfCompiler ??= digest(createHash('sha256').update(fingerprint()).update(compiler.identity).update(RUNTIME));
  return knownOfCompiler;
}

function digest(hash: Hash): string {
  return hash.digest('hex').slice(0, 16);
}

function probe(): string {
  const g = new GraphBuilder();
  const x = g.state('x', [OPERANDS.length]);
  const y = g.state('y', [OPERANDS.length]);
  const square = g.reshape(x, [SIDE, SIDE]);
  const outputs = [
    ...(Object.keys(unaryFunctions) as UnaryFunction[]).map((name) => g.unary(name, x)),
    ...(Object.keys(binaryFunctions) as BinaryFunction[]).map((name) => g.binary(name, x, y)),
    g.matmul(square, g.transpose(square)),
    g.matmul(g.reshape(y, [SIDE, SIDE]), square),
  ];
  const hash = createHash('sha256');
  for (const backend of [webAssembly, javascript]) {
    const module = new CompiledModule(g.graph, [x, y], [{ name: 'probe', outputs }], [backend, javascript]);
    module.view(x).set(OPERANDS);
    module.view(y).set(OPERANDS.toReversed());
    module.entry('probe')(1);
    hash.update(module.backend.name);
    for (const output of outputs) {
      const values = Float64Array.from(module.view(output), (value) => (Number.isNaN(value) ? Number.NaN : value));
      hash.update(new Uint8Array(values.buffer));
    }
  }
  return digest(hash);
}

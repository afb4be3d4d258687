/** Looks up what theory says of ended runs in the store, and keeps what was computed. */
import * as v from 'valibot';
import { encode } from '../../lab/encoding.ts';
import { encodeOptimizer } from '../../lab/optimizers/index.ts';
import { encodeProblem } from '../../lab/problems/index.ts';
import type { Theory } from '../../lab/results.ts';
import { THEORY_VERSION, type TheoryRequest } from '../../lab/theory/theory.ts';
import { decoded } from './decoded.ts';
import { fingerprint } from './fingerprint.ts';
import { type RecordStore, THEORY } from './recordStore.ts';
import { sha256 } from './storedRuns.ts';
import { theoryFields } from './theorySchema.ts';

const FORMAT = 1;

const record = v.strictObject({ format: v.literal(FORMAT), ...theoryFields });

export class StoredTheories {
  /** @param wishes whether stored answers are not used */
  constructor(
    private readonly store: RecordStore,
    private readonly wishes: { fresh: boolean },
  ) {}

  /** @param compute computes the answer if it is not stored; null if it was dropped */
  async answer(request: TheoryRequest, compute: () => Promise<Theory | null>): Promise<Theory | null> {
    const key = keyOf(request);
    const known = this.wishes.fresh ? null : this.read(key, request);
    if (known) return known;
    const theory = await compute();
    if (theory) this.store.put(THEORY, key, encodeTheory(theory, request));
    return theory;
  }

  private read(key: string, request: TheoryRequest): Theory | null {
    const bytes = this.store.get(THEORY, key);
    return bytes && decodeTheory(bytes, request);
  }
}

function keyOf({ seed, problem, isShown, runs }: TheoryRequest): string {
  const programs = new Map(runs.map(({ program }) => [program, sha256(encode(program))]));
  return sha256(
    encode({
      theory: THEORY_VERSION,
      fingerprint: fingerprint(),
      problem: sha256(encodeProblem(problem)),
      seed,
      isShown,
      runs: runs.map(({ run: _run, program, optimizer, ...ended }) => ({
        ...ended,
        program: programs.get(program),
        optimizer: sha256(encodeOptimizer(optimizer)),
      })),
    }),
  );
}

/** Runs are written by their position in the request: their place in a grid does not matter. */
function encodeTheory({ targets, conditions, curves, comparisons }: Theory, { runs }: TheoryRequest): Uint8Array {
  const positions = new Map(runs.map(({ run }, at) => [run, at]));
  const placed = <T extends { run: number }>(list: readonly T[]) =>
    list.map((one) => ({ ...one, run: positions.get(one.run) ?? -1 }));
  return encode({ format: FORMAT, targets, conditions, curves: placed(curves), comparisons: placed(comparisons) });
}

function decodeTheory(bytes: Uint8Array, { point, seed, runs }: TheoryRequest): Theory | null {
  const read = decoded(bytes, record);
  if (!read) return null;
  const { format: _format, curves, comparisons, ...rest } = read;
  if ([...curves, ...comparisons].some(({ run }) => run >= runs.length)) return null;
  const placed = <T extends { run: number }>(list: readonly T[]) =>
    list.map((one) => ({ ...one, run: runs[one.run]!.run }));
  return { point, seed, ...rest, curves: placed(curves), comparisons: placed(comparisons) };
}

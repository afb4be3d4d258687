/**
 * Random numbers. Each purpose has its own named stream, so that a new draw for one purpose does not change the others.
 * Streams are determined by the seed, identically on every machine.
 */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

export class RandomStream {
  private readonly generator;
  private spare: number | null = null;

  /** @param seed the experiment's seed; @param purpose what the draws are for */
  constructor(seed: number, purpose: string) {
    this.generator = xoroshiro128plus(hash(`${seed} ${purpose}`));
  }

  /** In [0, 1). */
  uniform(): number {
    return uniformFloat64(this.generator);
  }

  /** Standard normal (Box–Muller). */
  gaussian(): number {
    if (this.spare !== null) {
      const value = this.spare;
      this.spare = null;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** `count` independent normals of the given standard deviation. */
  gaussians(count: number, deviation = 1): Float64Array {
    return Float64Array.from({ length: count }, () => deviation * this.gaussian());
  }

  /** `count` different numbers of 0 … total − 1, in ascending order. */
  subset(total: number, count: number): Int32Array {
    return this.shuffled(total, count).slice(0, count).sort();
  }

  /** The numbers 0 … total − 1 in random order. */
  permutation(total: number): Int32Array {
    return this.shuffled(total, total);
  }

  /** 0 … total − 1, the first `count` of them in random places (Fisher–Yates). */
  private shuffled(total: number, count: number): Int32Array {
    const all = Int32Array.from({ length: total }, (_, i) => i);
    for (let i = 0; i < count; i++) {
      const j = i + Math.floor(this.uniform() * (total - i));
      [all[i], all[j]] = [all[j]!, all[i]!];
    }
    return all;
  }
}

/** A 32-bit hash of a string (FNV-1a with a final mix). */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

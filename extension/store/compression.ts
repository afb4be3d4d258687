/** Payloads are compressed where it pays: text and repeated numbers do, the noise in the low bits of float64 does not. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** Shorter payloads stay as they are. */
const SHORTEST = 128;

/** What is compressed must be at most this share of what it was. */
const CLEARLY_SMALLER = 0.8;

/** Bits of entropy for each byte above which compressing is not even tried: it costs twenty times the writing. */
const PROMISING = 6.5;

/** At most twice so many bytes are what the entropy is estimated from. */
const SAMPLE = 512;

/** n log₂ n: computing it for every byte would take as long as the checksum. */
const products = Float64Array.from({ length: 2 * SAMPLE + 1 }, (_, n) => (n === 0 ? 0 : n * Math.log2(n)));

/** Raw deflate makes nothing smaller than this share of it. */
const MOST = 1032;

/** A compressed payload, or null where it would not be clearly smaller. */
export function compress(payload: Uint8Array): Uint8Array | null {
  if (payload.length < SHORTEST || entropy(payload) > PROMISING) return null;
  const small = deflateRawSync(payload, { level: 1 });
  return small.length <= CLEARLY_SMALLER * payload.length ? small : null;
}

/** Whether so many bytes can have come from so many compressed ones. */
export const canHold = (stored: number, raw: number): boolean => raw <= MOST * stored;

/** The payload of exactly `length` bytes, or null if the bytes hold no such payload. No more is allocated. */
export function decompress(bytes: Uint8Array, length: number): Uint8Array | null {
  try {
    const payload = inflateRawSync(bytes, { maxOutputLength: length });
    return payload.length === length ? new Uint8Array(payload.buffer, payload.byteOffset, length) : null;
  } catch {
    return null;
  }
}

/** Bits for each byte, from a sample of single bytes over the whole length. */
function entropy(bytes: Uint8Array): number {
  const counts = new Uint16Array(256);
  // An odd stride: an even one would look at the same byte of every float64.
  const stride = Math.floor(bytes.length / SAMPLE) | 1;
  let total = 0;
  for (let i = 0; i < bytes.length; i += stride) {
    counts[bytes[i]!]!++;
    total++;
  }
  let sum = 0;
  for (const count of counts) sum += products[count]!;
  return Math.log2(total) - sum / total;
}

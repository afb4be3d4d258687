/** Texts in the metadata of a PNG, which image viewers and exiftool show (PNG specification, third edition, 11.3.3). */
import { crc32 } from 'node:zlib';
import { type Provenance, provenanceText } from './provenance.ts';

/** Length, type and checksum of a chunk, and all that stands before the second one: the signature and the header. */
const [AROUND, BEFORE] = [12, 33];

/** The picture with its provenance, as international texts after its header. */
export function withProvenance(png: Uint8Array, provenance: Provenance): Uint8Array {
  const { title, creator, source, keys } = provenance;
  const texts = {
    Title: title,
    Description: provenanceText(provenance),
    Software: creator,
    Source: source,
    ...(keys.length > 0 ? { Runs: keys.join(' ') } : {}),
  };
  const chunks = Object.entries(texts).map(([keyword, text]) =>
    // The end of the keyword, twice zero for not compressed, and two ends of empty texts: language and translation.
    chunk('iTXt', Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')])),
  );
  return Buffer.concat([png.subarray(0, BEFORE), ...chunks, png.subarray(BEFORE)]);
}

function chunk(type: string, data: Buffer): Buffer {
  const whole = Buffer.alloc(AROUND + data.length);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  data.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + data.length)), 8 + data.length);
  return whole;
}

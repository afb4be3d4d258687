/** The text of a data file: UTF-8 unless `encoding` says otherwise; what is no text is refused with its name. */
import { DefinitionError } from '../../errors.ts';

/** Encodings that a table can be read in. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

/** How the bytes of a table encode its text. */
export type TextEncoding = (typeof ENCODINGS)[number];

/** So many bytes tell what a file is. */
const HEAD = 4096;

/**
 * @param file names the table in messages
 * @throws DefinitionError where the bytes are in another encoding, or no text at all
 */
export function decodeText(bytes: Uint8Array, file: string, encoding: TextEncoding | null): string {
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  // Whoever says UTF-16 may have text with few ASCII characters in it: then the mark alone can contradict.
  const found = isWide && bytes.includes(0) ? (byteOrderMark(bytes) ?? encoding) : encodingOf(bytes, file);
  if (encoding === null && found !== 'utf-8') {
    throw new DefinitionError(`${file} is encoded in UTF-16, not in UTF-8`, {
      hint: `Give encoding: '${found}', or save it as UTF-8.`,
    });
  }
  if (encoding !== null && found !== encoding && (isWide || found !== 'utf-8')) {
    throw new DefinitionError(`${file} is not encoded in ${encoding}: it looks like ${found}`, {
      hint: `Give encoding: '${found}'.`,
    });
  }
  try {
    return new TextDecoder(encoding ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DefinitionError(`${file} is not encoded in ${encoding ?? 'UTF-8'}`, {
      hint: "Save it as UTF-8, or give its encoding, for example encoding: 'windows-1252'.",
    });
  }
}

function byteOrderMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** From the byte order mark, or else from where the zero bytes of digits and delimiters stand. */
function encodingOf(bytes: Uint8Array, file: string): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const mark = byteOrderMark(bytes);
  if (mark !== null) return mark;
  const kind = binaryKind(bytes);
  if (kind !== null) {
    throw new DefinitionError(`${file} is no table of text: it is ${kind.what}`, { hint: kind.hint });
  }
  const zeros = [0, 0];
  const head = bytes.subarray(0, HEAD);
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]++;
  });
  const [even, odd] = zeros;
  if (even === 0 && odd === 0) return 'utf-8';
  // Of a table's characters nearly all are ASCII, whose high byte is zero.
  if (even === 0 && odd > 0.3 * head.length) return 'utf-16le';
  if (odd === 0 && even > 0.3 * head.length) return 'utf-16be';
  throw new DefinitionError(`${file} is no table of text: it is a binary file`, {
    hint: 'NumPy files are given as `npy` or `npz`; others are to be saved as comma-separated values first.',
  });
}

const magic: { bytes: number[]; what: string; hint: string }[] = [
  { bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], what: 'a NumPy file', hint: 'Give it as `npy`.' },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'an archive (a spreadsheet, or .npz)',
    hint: 'Save a spreadsheet as comma-separated values; give NumPy archives as `npz`.',
  },
  { bytes: [0x1f, 0x8b], what: 'compressed by gzip', hint: 'Decompress it first.' },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    what: 'a spreadsheet of an old format',
    hint: 'Save it as comma-separated values.',
  },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file', hint: 'Save it as comma-separated values, or as .npy.' },
];

function binaryKind(bytes: Uint8Array) {
  return magic.find((kind) => kind.bytes.every((byte, i) => bytes[i] === byte)) ?? null;
}

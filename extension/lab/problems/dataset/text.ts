/**
 * Decodes the text of a data file, as UTF-8 or the given encoding. Known binary formats are rejected with a specific
 * message.
 */
import { DefinitionError } from '../../errors.ts';
import { type Fix, quoted } from '../../fixes.ts';

/** Supported text encodings. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

/** The text encoding of a table. */
export type TextEncoding = (typeof ENCODINGS)[number];

/** Number of bytes used to detect the file type. */
const HEAD = 4096;

/**
 * @param file names the table in messages
 * @throws DefinitionError if the bytes have another encoding or are not text
 */
export function decodeText(bytes: Uint8Array, file: string, encoding: TextEncoding | null): string {
  const isWide = encoding === 'utf-16le' || encoding === 'utf-16be';
  // UTF-16 text may contain few ASCII characters: only a byte order mark can contradict the option.
  const found = isWide && bytes.includes(0) ? (byteOrderMark(bytes) ?? encoding) : encodingOf(bytes, file);
  if (encoding === null && found !== 'utf-8') {
    throw new DefinitionError(`${file} is encoded in UTF-16, not in UTF-8`, {
      hint: `Set encoding: '${found}', or save it as UTF-8.`,
      fixes: [setEncoding(found)],
    });
  }
  if (encoding !== null && found !== encoding && (isWide || found !== 'utf-8')) {
    throw new DefinitionError(`${file} is not encoded in ${encoding}: it looks like ${found}`, {
      hint: `Set encoding: '${found}'.`,
      fixes: [setEncoding(found)],
    });
  }
  try {
    return new TextDecoder(encoding ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DefinitionError(`${file} is not encoded in ${encoding ?? 'UTF-8'}`, {
      hint: "Save it as UTF-8, or set its encoding, for example encoding: 'windows-1252'.",
      fixes: encoding === null ? [setEncoding('windows-1252')] : [],
    });
  }
}

const setEncoding = (encoding: TextEncoding): Fix => ({ type: 'set', path: ['encoding'], value: quoted(encoding) });

function byteOrderMark(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}

/** Detects the encoding from the byte order mark, or from the positions of zero bytes. */
function encodingOf(bytes: Uint8Array, file: string): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const mark = byteOrderMark(bytes);
  if (mark !== null) return mark;
  const kind = binaryKind(bytes);
  if (kind !== null) {
    throw new DefinitionError(`${file} is not a text table: it is ${kind.what}`, { hint: kind.hint });
  }
  const zeros = [0, 0];
  const head = bytes.subarray(0, HEAD);
  head.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]++;
  });
  const [even, odd] = zeros;
  if (even === 0 && odd === 0) return 'utf-8';
  // Nearly all characters of a table are ASCII, whose high byte is zero.
  if (even === 0 && odd > 0.3 * head.length) return 'utf-16le';
  if (odd === 0 && even > 0.3 * head.length) return 'utf-16be';
  throw new DefinitionError(`${file} is not a text table: it is a binary file`, {
    hint: 'Use `npy` or `npz` for NumPy files; save others as comma-separated values first.',
  });
}

const magic: { bytes: number[]; what: string; hint: string }[] = [
  { bytes: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], what: 'a NumPy file', hint: 'Use `npy`.' },
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    what: 'an archive (a spreadsheet, or .npz)',
    hint: 'Save a spreadsheet as comma-separated values; use `npz` for NumPy archives.',
  },
  { bytes: [0x1f, 0x8b], what: 'compressed with gzip', hint: 'Decompress it first.' },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0],
    what: 'a spreadsheet in an old format',
    hint: 'Save it as comma-separated values.',
  },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file', hint: 'Save it as comma-separated values, or as .npy.' },
];

function binaryKind(bytes: Uint8Array) {
  return magic.find((kind) => kind.bytes.every((byte, i) => bytes[i] === byte)) ?? null;
}

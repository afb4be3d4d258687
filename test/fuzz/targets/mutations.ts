/** Faults in files: bytes and texts that were cut, doubled, exchanged or grew something hostile. */
import fc from 'fast-check';

interface Edit {
  /** Where, as a share of the length. */
  at: number;
  /** How much goes. */
  gone: number;
}

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  gone: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 400 })),
});

const hostileTexts = fc.oneof(
  fc.constantFrom(
    '`',
    '"',
    "'",
    '/*',
    '*/',
    '//',
    '${',
    '}',
    '(',
    ')',
    '<',
    '\0',
    '\u202e',
    '\ud800',
    '😀',
    '\r',
    '\u2028',
  ),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'NaN',
    '-1',
    '1e999',
    '\ufeff',
    '=',
    ';',
    ',',
    '\t',
    '"a\nb"',
    '\u001b[2J',
  ),
  fc
    .tuple(fc.constantFrom('(', '[', '{', '`', '<div>', '"', 'a?b:', '!'), fc.integer({ min: 1, max: 3000 }))
    .map(([x, n]) => x.repeat(n)),
  fc.string({ maxLength: 20, unit: 'binary' }),
);

/** A text with one to five faults. */
export const damagedText = (texts: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(texts, fc.array(fc.tuple(edit, hostileTexts), { minLength: 1, maxLength: 5 })).map(([text, edits]) =>
    edits.reduce((now, [{ at, gone }, grown]) => {
      const from = Math.floor(at * now.length);
      return now.slice(0, from) + grown + now.slice(from + gone);
    }, text),
  );

/** Bytes with one to five faults. */
export const damagedBytes = (files: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(files, fc.array(fc.tuple(edit, fc.uint8Array({ maxLength: 8 })), { minLength: 1, maxLength: 5 }))
    .map(([file, edits]) =>
      edits.reduce((now, [{ at, gone }, grown]: [Edit, Uint8Array]) => {
        const from = Math.floor(at * now.length);
        return Uint8Array.from([...now.subarray(0, from), ...grown, ...now.subarray(from + gone)]);
      }, file),
    );

import { describe, expect, it } from 'vitest';
import { wrapped } from '../../../extension/cli/wrap.ts';

describe('a paragraph', () => {
  it('is broken between words, and further lines stand further in', () => {
    expect(wrapped('one two three', 11)).toBe('  one two\n    three');
    expect(wrapped('one two three', Number.POSITIVE_INFINITY)).toBe('  one two three');
    expect(wrapped('incomprehensibilities', 8)).toBe('  incomprehensibilities');
  });
});

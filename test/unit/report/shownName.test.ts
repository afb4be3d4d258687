import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shownName, shownText, withoutIcons } from '../../../extension/report/shownName.ts';

describe('a name as it is shown', () => {
  it.each([
    ['plain', 'w = u² - v²', 'w = u² - v²'],
    ['markup, which only some places must escape', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['line breaks', 'a\nb\r\nc', 'a⏎b\\u000d⏎c'],
    ['terminal escapes', '\u001b[31mred\u0007', '\\u001b[31mred\\u0007'],
    ['an override of the direction', 'abc\u202egpj.exe', 'abc\\u202egpj.exe'],
    ['what cannot be seen', 'a\u200bb\ufeff', 'a\\u200bb\\ufeff'],
    ['text from right to left, kept apart', 'שלום', '\u2068שלום\u2069'],
    ['emoji', '😀 family 👩‍👩‍👧', '😀 family 👩‍👩‍👧'],
  ])('shows %s', (_what, name, shown) => {
    expect(shownName(name)).toBe(shown);
  });

  it('is short, one line, and says that it was cut', () => {
    expect(shownName('x'.repeat(100_000))).toBe(`${'x'.repeat(79)}…`);
    expect(shownName('😀'.repeat(100_000))).toBe(`${'😀'.repeat(79)}…`);
    expect(shownName('😀'.repeat(80))).toBe('😀'.repeat(80));
  });

  it('holds nothing that breaks lines or turns directions, whatever the name', () => {
    const unit = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.constantFrom('\u202e', '\u2066', '\n', '\u001b', 'א'),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 200 }), (parts) => {
        const shown = shownName(parts.join(''));
        const inner = shown.startsWith('\u2068') ? shown.slice(1, -1) : shown;
        // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for them
        expect(inner).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
        expect(shown.length).toBeLessThan(500);
      }),
    );
  });
});

it('a text keeps its lines, and is cut where it is too long for a message', () => {
  expect(shownText('one\n\ttwo\u001b')).toBe('one\n\ttwo\\u001b');
  expect([...shownText('x'.repeat(100_000))]).toHaveLength(2000);
});

it('a text for lenses draws no icons', () => {
  expect(withoutIcons('$(trash) and $(sync~spin), $5 (five)')).toBe('\\$(trash) and \\$(sync~spin), $5 (five)');
});

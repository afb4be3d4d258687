import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { tableText } from '../../../extension/cli/layout.ts';
import type { Column } from '../../../extension/report/tables.ts';

const widths = (text: string) => text.split('\n').map((line) => stringWidth(line));

describe('a table in the terminal', () => {
  const columns: Column[] = [
    {
      head: 'parameterization',
      short: 'param.',
      align: 'left',
      isName: true,
      cells: ['linear', 'u² − v² with 深 names'],
    },
    { head: 'optimizer', short: 'opt.', align: 'left', isName: true, cells: ['GD', 'NGD'] },
    { head: 'test error', align: 'right', cells: ['11 % ± 1', '36 % ± 2'] },
    { head: 'train loss', align: 'right', rank: 1, cells: ['0.31 ± 0.02', '1.2e-33'] },
    { head: 'seconds', align: 'right', rank: 2, cells: ['0.1', '0.2'] },
  ];

  it('has all columns where there is room', () => {
    const text = tableText(columns, Number.POSITIVE_INFINITY);
    for (const { head } of columns) expect(text).toContain(head);
    expect(text.split('\n')[0]).toMatch(/^ {2}parameterization {4,}optimizer {4}test error/);
  });

  it('drops the least important columns first, and says so', () => {
    const text = tableText(columns, 60);
    expect(text).not.toMatch(/seconds\s*\n.*─/);
    expect(text).toContain('train loss');
    expect(text).toContain('Not shown, for lack of room: seconds.');
  });

  it('shortens names, and stands below each other where that is not enough', () => {
    expect(tableText(columns, 40)).toContain('…');
    expect(tableText(columns, 27)).toContain('linear · GD\n    test error: 11 % ± 1\n    train loss: 0.31 ± 0.02\n');
  });

  it('never shortens two names to one', () => {
    const alike: Column[] = [
      { head: 'name', align: 'left', isName: true, cells: ['a very long name 1', 'a very long name 2'] },
      { head: 'test error', align: 'right', cells: ['11 % ± 1', '36 % ± 2'] },
    ];
    const text = tableText(alike, 24);
    expect(text).toContain('a very long name 1');
    expect(text).toContain('a very long name 2');
  });

  it('has no line that is too long, at any width', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/\s/g, ' '));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), fc.integer({ min: 40, max: 200 }), (names, width) => {
        const drawn: Column[] = [
          { head: 'parameterization', short: 'param.', align: 'left', isName: true, cells: names },
          { head: 'test error', align: 'right', cells: names.map(() => '11 % ± 1') },
          { head: 'train loss', align: 'right', rank: 1, cells: names.map(() => '0.31 ± 0.02') },
        ];
        const longest = names
          .flatMap((text) => text.split(' '))
          .reduce((most, word) => Math.max(most, stringWidth(word)), 0);
        const most = widths(tableText(drawn, width)).reduce((a, b) => Math.max(a, b), 0);
        expect(most).toBeLessThanOrEqual(Math.max(width, longest + 4));
      }),
    );
  });
});

import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { type Column, tableText } from '../../../extension/cli/layout.ts';
import { table } from '../../../extension/cli/table.ts';
import { wrapped } from '../../../extension/cli/wrap.ts';
import { grid, result } from '../webview/fixtures.ts';

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

describe('the table of runs', () => {
  const runs = grid.runs.map(({ id }) => result(id, 0.1, 0.3, id < 2 ? { diverged: 5 } : {}));

  it.each([120, 80, 60, 40])('fits %d columns', (width) => {
    expect(widths(table(grid, runs, width)).every((one) => one <= width)).toBe(true);
  });

  it('says of how many runs its numbers are, and never shows those that diverged', () => {
    const lines = table(grid, runs, 200).split('\n');
    expect(lines.find((line) => /linear +GD/.test(line))).toMatch(/0 of 2 +– +– +– +–/);
    expect(lines.find((line) => /square +NGD/.test(line))).toMatch(/2 of 2 +0\.1 ± 0 /);
    expect(lines).toContain('  mean ± sample standard deviation (n − 1) over n = 2 seeds');
    expect(lines).toContain(
      '  Diverged: linear · GD, 2 of 2: seeds 1, 2 (first at step 5). Averages include only the runs that finished.',
    );
    const whole = grid.runs.map(({ id }) => result(id, 0.1, 0.3));
    expect(table(grid, whole, 200)).not.toContain('finished');
    expect(table(grid, whole.slice(1), 200)).toContain('Stopped: 1 of 8 runs.');
  });
});

describe('a paragraph', () => {
  it('is broken between words, and further lines stand further in', () => {
    expect(wrapped('one two three', 11)).toBe('  one two\n    three');
    expect(wrapped('one two three', Number.POSITIVE_INFINITY)).toBe('  one two three');
    expect(wrapped('incomprehensibilities', 8)).toBe('  incomprehensibilities');
  });
});

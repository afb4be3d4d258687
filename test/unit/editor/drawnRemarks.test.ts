import { describe, expect, it } from 'vitest';
import { DrawnRemarks } from '../../../extension/editor/drawnRemarks.ts';
import { type Remark, STALE } from '../../../extension/editor/remarks.ts';

const result: Remark = { line: 3, text: 'GD 11 %', colour: 'depthLab.parameterization1' };
const other: Remark = { line: 4, text: 'GD 30 %', colour: 'depthLab.parameterization2' };
const stale = { ...result, colour: STALE };

describe('what is drawn', () => {
  it('stays where nothing else is to be seen', () => {
    expect(new DrawnRemarks([result, other]).wait([{ ...result }, { ...other }], 0)).toBeNull();
  });

  it.each<[string, Remark[]]>([
    ['another number', [{ ...result, text: 'GD 12 %' }, other]],
    ['another number, that is old', [{ ...stale, text: 'GD 12 %' }, other]],
    ['another line', [{ ...result, line: 2 }, other]],
    ['one more', [result, other, { ...other, line: 5 }]],
    ['one less', [result]],
    ['nothing', []],
    ['another colour', [{ ...result, colour: 'depthLab.parameterization3' }, other]],
  ])('changes at once for %s', (_, next) => {
    expect(new DrawnRemarks([result, other]).wait(next, 0)).toBe(0);
  });

  it('changes at once for a result that is no longer old', () => {
    expect(new DrawnRemarks([stale, other]).wait([result, other], 0)).toBe(0);
  });

  it('becomes old a while after it is known to be, counted from the first time', () => {
    const drawn = new DrawnRemarks([result, other]);
    expect(drawn.wait([stale, other], 1000)).toBe(200);
    expect(drawn.wait([stale, { ...other, colour: STALE }], 1150)).toBe(50);
    expect(drawn.wait([stale, other], 1300)).toBe(0);
  });

  it('waits anew where it was found not to be old after all', () => {
    const drawn = new DrawnRemarks([result]);
    drawn.wait([stale], 1000);
    expect(drawn.wait([result], 1100)).toBeNull();
    expect(drawn.wait([stale], 1190)).toBe(200);
  });
});

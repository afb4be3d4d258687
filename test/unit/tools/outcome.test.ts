import { describe, expect, it } from 'vitest';
import { add, closingLines, noTests, outcomeOf, type VitestReport } from '../../tools/outcome.ts';

/** A report of one file with tests of these states. */
function report(...states: string[]): VitestReport {
  const assertionResults = states.map((status, i) => ({ status, title: `test ${i}`, ancestorTitles: ['suite'] }));
  return { success: !states.includes('failed'), testResults: [{ status: 'passed', assertionResults }] };
}

describe('the outcome of vitest', () => {
  it('counts what passed and failed, and names what was skipped', () => {
    expect(outcomeOf(report('passed', 'failed', 'skipped', 'passed', 'todo'), 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: [
        ['suite', 'test 2'],
        ['suite', 'test 4'],
      ],
    });
  });

  it('counts a file that could not be loaded as a failure', () => {
    expect(outcomeOf({ ...report('passed'), success: false }, 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(outcomeOf(report('passed'), 1)).toMatchObject({ passed: 1, failed: 1 });
  });
});

describe('the closing lines', () => {
  it('are one where nothing was skipped', () => {
    expect(closingLines({ passed: 3, failed: 0, skipped: [] })).toEqual(['3 passed, 0 failed']);
  });

  it('name each suite with skipped tests once, over all levels', () => {
    const total = noTests();
    add(total, { passed: 1, failed: 0, skipped: [['on the card', 'a'], ['alone']] });
    add(total, { passed: 2, failed: 1, skipped: [['on the card', 'deep', 'b']] });
    expect(closingLines(total)).toEqual([
      'skipped: on the card (2 tests)',
      'skipped: alone (1 test)',
      '3 passed, 1 failed, 3 skipped',
    ]);
  });
});

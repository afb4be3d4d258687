import { describe, expect, it } from 'vitest';
import {
  add,
  closingLines,
  failedFiles,
  noTests,
  outcomeOf,
  type VitestReport,
  withSecondAttempts,
} from '../../tools/outcome.ts';

/** A file with tests of these states. */
function file(name: string, ...states: string[]): VitestReport['testResults'][number] {
  const assertionResults = states.map((status, i) => ({ status, title: `test ${i}`, ancestorTitles: ['suite'] }));
  return { name, status: states.includes('failed') ? 'failed' : 'passed', assertionResults };
}

const reportOf = (...testResults: VitestReport['testResults']): VitestReport => ({
  success: testResults.every(({ status }) => status === 'passed'),
  testResults,
});

/** A report of one file with tests of these states. */
const report = (...states: string[]) => reportOf(file('one', ...states));

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

describe('a second attempt', () => {
  const first = reportOf(file('good', 'passed'), file('bad', 'passed', 'failed'), file('worse', 'failed'));

  it('is made for the files that failed', () => {
    expect(failedFiles(first)).toEqual(['bad', 'worse']);
  });

  it('counts in place of the first one', () => {
    const second = reportOf(file('bad', 'passed', 'passed'), file('worse', 'passed'));
    expect(outcomeOf(withSecondAttempts(first, second), 0)).toMatchObject({ passed: 4, failed: 0 });
  });

  it('may fail as well', () => {
    const second = reportOf(file('bad', 'passed', 'passed'), file('worse', 'failed'));
    expect(outcomeOf(withSecondAttempts(first, second), 1)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('mends no file that it did not run', () => {
    const second = reportOf(file('bad', 'passed', 'passed'));
    expect(outcomeOf(withSecondAttempts(first, second), 0)).toMatchObject({ passed: 3, failed: 1 });
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

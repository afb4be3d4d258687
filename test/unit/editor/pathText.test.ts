import { describe, expect, it } from 'vitest';
import { optimizerHover, optimizerText } from '../../../extension/editor/pathText.ts';
import { type ExperimentView, idleRecord } from '../../../extension/runs/record.ts';
import { FILE, grid } from '../runs/events.ts';

const view = (changes: Partial<ExperimentView> = {}): ExperimentView => ({
  ...idleRecord(FILE, 'One').view,
  status: 'finished',
  grid: grid(),
  ...changes,
});

describe('paths beside the optimizers', () => {
  const summary = {
    sentence: '',
    paths: { GD: { count: 3, distance: 0.79, startDistance: 0 }, NGD: null },
    space: 'training outputs' as const,
  };

  it('say how many they are and how far apart', () => {
    expect(optimizerText(view({ summary }), 'GD')).toBe('3 paths: differ by up to 79 %');
    const withPaths = (count: number, distance: number, startDistance: number) =>
      view({ summary: { ...summary, paths: { GD: { count, distance, startDistance } } } });
    expect(optimizerText(withPaths(1, 0.004, 0), 'GD')).toBe('one path: differ by up to 0.4 %');
    expect(optimizerText(withPaths(2, 0.3, 0.12), 'GD')).toBe('2 paths: differ by up to 30 %, by 12 % at the start');
    expect(optimizerText(view({ summary }), 'NGD')).toBe('');
    expect(optimizerText(view({ summary }), 'new')).toBe('');
    expect(optimizerText(view(), 'GD')).toBe('');
  });

  it('are explained when the pointer rests on them', () => {
    const text = optimizerHover(view({ summary, stale: true }), 'GD')!;
    expect(text).toMatch(/^\*\*GD\*\*/);
    expect(text).toContain('3 paths: differ by up to 79 % of the distance travelled');
    expect(text).toContain('the largest distance between their training outputs at one time');
    expect(text).toContain("`result.invariance('GD')`, is 0.79");
    expect(text).toContain('earlier version of the text');
    expect(optimizerHover(view({ summary: { ...summary, space: null } }), 'GD')).toContain(
      'the largest distance between their places in function space',
    );
    expect(optimizerHover(view({ summary }), 'NGD')).toBeNull();
    expect(optimizerHover(view(), 'GD')).toBeNull();
  });
});

import { expect, it, vi } from 'vitest';
import { Position, Range } from './fakeVscode.ts';

vi.mock('vscode', async () => (await import('./fakeVscode.ts')).fakeVscode());
const { movedRange } = await import('../../../extension/editor/movedRange.ts');

type Moved = Parameters<typeof movedRange>[0];

function moved(changes: [from: [number, number], to: [number, number], text: string][]): number[] | null {
  const range = new Range(new Position(3, 4), new Position(3, 8)) as unknown as Moved;
  const after = movedRange(
    range,
    changes.map(([from, to, text]) => ({
      range: new Range(new Position(...from), new Position(...to)) as unknown as Moved,
      text,
    })),
  );
  return after && [after.start.line, after.start.character, after.end.line, after.end.character];
}

it.each<[Parameters<typeof moved>[0], number[] | null]>([
  [[[[1, 0], [1, 0], 'a\nb\n']], [5, 4, 5, 8]],
  [[[[1, 0], [2, 0], '']], [2, 4, 2, 8]],
  [[[[3, 0], [3, 2], 'abc']], [3, 5, 3, 9]],
  [[[[2, 1], [3, 2], 'x']], [2, 4, 2, 8]],
  [[[[3, 0], [3, 0], 'a\nbc']], [4, 6, 4, 10]],
  [[[[3, 8], [3, 9], 'later']], [3, 4, 3, 8]],
  [[[[9, 0], [9, 0], '\n']], [3, 4, 3, 8]],
  [[[[3, 5], [3, 6], '']], null],
  [
    [
      [[9, 0], [9, 0], '\n'],
      [[1, 0], [1, 0], '\n'],
    ],
    [4, 4, 4, 8],
  ],
])('%j', (changes, after) => {
  expect(moved(changes)).toEqual(after);
});

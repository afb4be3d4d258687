import { expect, it } from 'vitest';
import { importEdit } from '../../../extension/definitions/imports.ts';

function imported(text: string, names: string[]): string {
  const edit = importEdit(text, 'lab', names);
  return edit ? text.slice(0, edit.at) + edit.text + text.slice(edit.at) : text;
}

it.each([
  ["import { a } from 'lab';", "import { a, b } from 'lab';"],
  ["import { a, } from 'lab';", "import { a, b, } from 'lab';"],
  ["import {\n  a,\n} from 'lab';", "import {\n  a, b,\n} from 'lab';"],
  ["import { a, b } from 'lab';", "import { a, b } from 'lab';"],
  [
    'import type { T } from \'lab\';\nimport { a } from "lab";',
    'import type { T } from \'lab\';\nimport { a, b } from "lab";',
  ],
  ["import { x } from 'other';", "import { b } from 'lab';\nimport { x } from 'other';"],
])('%j', (before, after) => {
  expect(imported(before, ['b'])).toBe(after);
});

it('adds nothing where there is nothing to add', () => {
  expect(importEdit('a', 'lab', [])).toBeNull();
});

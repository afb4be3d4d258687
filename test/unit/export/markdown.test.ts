import { expect, it } from 'vitest';
import { markdown } from '../../../extension/export/markdown.ts';
import { section } from './sections.ts';

it('a report in Markdown has finding, tables and claims, and shows every text as it is', () => {
  expect(markdown([section], 'Depth Lab, from a_b.lab.ts')).toBe(`## A\\_b \\| \\*c\\*

80 examples, 4 seeds.

GD takes 2 paths (79 %).

| parameterization | test error |
| --- | ---: |
| w = u² − v² | 11 % ± 1 |
| a\\|b & \\<c\\>\\_\\$ | 2.3e-5 ± 6.1e-20 |

mean ± deviation

Angles:

| max L2 |
| ---: |
| 30.0° |
| – |

- holds: one path
- does not hold: two (why)

_Depth Lab, from a\\_b.lab.ts_
`);
});

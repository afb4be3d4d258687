import type { Section } from '../../../extension/export/document.ts';

/** A section with everything that its languages give a meaning to. */
export const section: Section = {
  title: 'A_b | *c*',
  facts: '80 examples, 4 seeds',
  finding: 'GD takes 2 paths (79 %).',
  tables: [
    {
      title: '',
      columns: [
        { head: 'parameterization', align: 'left', cells: ['w = u² − v²', 'a|b & <c>_$'] },
        { head: 'test error', align: 'right', cells: ['11 % ± 1', '2.3e-5 ± 6.1e-20'] },
      ],
      notes: ['mean ± deviation'],
    },
    { title: 'Angles', columns: [{ head: 'max L2', align: 'right', cells: ['30.0°', '–'] }], notes: [] },
  ],
  claims: [
    { claim: 'one\npath', holds: true, error: null },
    { claim: 'two', holds: false, error: 'why' },
  ],
};

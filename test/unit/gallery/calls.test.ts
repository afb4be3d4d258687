import { expect, it } from 'vitest';
import { optionIn, replaceCalls, withOption } from '../../gallery/calls.ts';

it('replaces calls of one name, with what is nested in them', () => {
  const text = 'a(gd({ rate: f(1) }), lab.gd(2), ngd(3), gd({ x: [g(4)] }))';
  expect(replaceCalls(text, 'gd', (inside) => `<${inside}>`)).toBe(
    'a(<{ rate: f(1) }>, lab.gd(2), ngd(3), <{ x: [g(4)] }>)',
  );
  expect(replaceCalls(text, 'gd', () => null)).toBe(text);
});

it('reads and adds options', () => {
  expect(optionIn('{ until: 1e8, rtol: 2 }', 'until')).toBe('1e8');
  expect(optionIn('{\n  until: 9 * time,\n}', 'until')).toBe('9 * time');
  expect(optionIn('{ until, damping }', 'until')).toBe('until');
  expect(optionIn('{ rtol: 2 }', 'until')).toBeNull();
  expect(withOption('{ rate: 1 }', 'damping: 2')).toBe('{ damping: 2, rate: 1 }');
});

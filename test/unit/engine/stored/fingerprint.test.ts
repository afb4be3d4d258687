import { expect, it } from 'vitest';
import { fingerprint } from '../../../../extension/engine/stored/fingerprint.ts';

it('is the same each time', () => {
  expect(fingerprint()).toMatch(/^[0-9a-f]{16}$/);
  expect(fingerprint()).toBe(fingerprint());
});

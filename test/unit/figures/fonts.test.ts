import { describe, expect, it } from 'vitest';
import { Fonts, fontOf } from '../../../extension/figures/fonts.ts';
import { resources } from './resources.ts';

const fonts = new Fonts(resources.fonts);
const regular = { size: 2048, isBold: false };

describe('the fonts of figures', () => {
  it('have the letters of the field', () => {
    expect(fonts.missingIn('θ λ ∇ ² ³ ⁻⁰¹²³⁴⁵⁶⁷⁸⁹ − · × ± ‖ ∞ ₁₂ ≤ ∘ ⊙ ∂ ε η μ σ Σ √ ℓ äöüß – … ○', regular)).toEqual(
      [],
    );
    expect(fonts.missingIn('a漢', regular)).toEqual(['漢']);
  });

  it('are measured with their own widths', () => {
    // The advances of DejaVu Sans, in 2048ths of its size.
    expect(fonts.widthOf('M', regular)).toBe(1767);
    expect(fonts.widthOf(' ', regular)).toBe(651);
    expect(fonts.widthOf('MM', { ...regular, size: 10 })).toBeCloseTo((2 * 1767 * 10) / 2048, 10);
    expect(fonts.widthOf('M', { ...regular, isBold: true })).toBe(2038);
  });

  it('are read as charts write them', () => {
    expect(fontOf("bold 12px 'DejaVu Sans'")).toEqual({ size: 12, isBold: true });
    expect(fontOf('normal 400 10.5px/1.2 sans-serif')).toEqual({ size: 10.5, isBold: false });
    expect(() => fontOf('large serif')).toThrow('no size');
  });
});

import { parameterizationColours } from '../../webview/palette.ts';
import type { Theme } from '../../webview/theme.ts';

/** Black on white. @param fontSize in pixels of the figure */
export function printTheme(family: string, fontSize: number): Theme {
  return {
    background: 'light',
    highContrast: false,
    surface: '#ffffff',
    foreground: '#000000',
    muted: '#333333',
    gridLines: 'rgba(0, 0, 0, 0.12)',
    border: '#333333',
    tooltip: { background: '#ffffff', foreground: '#000000', border: '#333333' },
    font: { family, size: fontSize },
    parameterizations: [...parameterizationColours('light')],
  };
}

import { type Background, parameterizationColours } from './palette.ts';

/** What the charts use of the editor's colour theme, read from its CSS variables. */
export interface Theme {
  background: Background;
  highContrast: boolean;
  surface: string;
  foreground: string;
  muted: string;
  gridLines: string;
  border: string;
  tooltip: { background: string; foreground: string; border: string };
  font: { family: string; size: number };
  /** Colours of the parameterizations, in order; a colour theme may replace them. */
  parameterizations: string[];
}

/** Reads the current theme. */
export function readTheme(): Theme {
  const style = getComputedStyle(document.body);
  const variable = (name: string, otherwise: string) => style.getPropertyValue(`--vscode-${name}`).trim() || otherwise;
  const classes = document.body.classList;
  const background =
    classes.contains('vscode-light') || classes.contains('vscode-high-contrast-light') ? 'light' : 'dark';
  const highContrast = classes.contains('vscode-high-contrast') || classes.contains('vscode-high-contrast-light');
  const surface = variable('editor-background', background === 'light' ? '#ffffff' : '#1e1e1e');
  const foreground = variable('foreground', background === 'light' ? '#333333' : '#cccccc');
  const contrastBorder = variable('contrastBorder', foreground);
  return {
    background,
    highContrast,
    surface,
    foreground,
    muted: highContrast ? foreground : variable('descriptionForeground', foreground),
    gridLines: background === 'light' ? 'rgba(0, 0, 0, 0.09)' : 'rgba(255, 255, 255, 0.10)',
    border: highContrast ? contrastBorder : variable('panel-border', 'rgba(128, 128, 128, 0.35)'),
    tooltip: {
      background: variable('editorHoverWidget-background', surface),
      foreground: variable('editorHoverWidget-foreground', foreground),
      border: highContrast ? contrastBorder : variable('editorHoverWidget-border', 'rgba(128, 128, 128, 0.5)'),
    },
    font: {
      family: variable('font-family', 'system-ui, sans-serif'),
      size: Math.max(10, (Number.parseFloat(variable('font-size', '13px')) || 13) - 2),
    },
    parameterizations: parameterizationColours(background).map((colour, index) =>
      variable(`depthLab-parameterization${index + 1}`, colour),
    ),
  };
}

/** Calls back whenever the user changes the colour theme or the editor's font. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-kind'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

/** What the page needs from its host. */
export interface PageParts {
  /** The source that VS Code serves the extension's own files from. */
  cspSource: string;
  /** Random, new for each panel. */
  nonce: string;
  scriptUri: string;
  styleUri: string;
}

const attribute = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * The page of the results panel. Its content security policy allows only the extension's own script and styles: no
 * other origin, no inline script, no eval. The component library reads the nonce for its styles from a `meta` element.
 */
export function pageHtml({ cspSource, nonce, scriptUri, styleUri }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}' ${cspSource}`,
    `img-src ${cspSource}`,
    `font-src ${cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="UTF-8">
    <meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
    <meta property="csp-nonce" content="${attribute(nonce)}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Depth Lab</title>
    <link rel="stylesheet" nonce="${attribute(nonce)}" href="${attribute(styleUri)}">
  </head>
  <body>
    <script nonce="${attribute(nonce)}" src="${attribute(scriptUri)}"></script>
  </body>
</html>
`;
}

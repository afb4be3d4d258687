/** What the page needs to be told by the one who hosts it. */
export interface PageParts {
  /** The source that VS Code serves the extension's own files from. */
  cspSource: string;
  /** Unguessable, new for each panel. */
  nonce: string;
  scriptUri: string;
  styleUri: string;
}

const attribute = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/**
 * The page of the results panel. Its policy allows the extension's own script and styles and nothing else:
 * no other origin, no inline script, no evaluation. The component library finds the nonce for its styles in a `meta` element.
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

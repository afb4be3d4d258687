import { describe, expect, it } from 'vitest';
import { pageHtml } from '../../../extension/panel/html.ts';

const parts = {
  cspSource: "'self' https://*.vscode-cdn.net",
  nonce: 'bm9uY2U=',
  scriptUri: 'https://file.example/dist/webview.js',
  styleUri: 'https://file.example/dist/webview.css?a=1&b="2"',
};

describe('the page', () => {
  const page = pageHtml(parts);
  const policy = /Content-Security-Policy" content="([^"]*)"/
    .exec(page)![1]
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  const directives = new Map(
    policy.split('; ').map((directive) => {
      const [name, ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );

  it('allows nothing that is not named', () => expect(directives.get('default-src')).toEqual(["'none'"]));

  it('runs the script with its nonce alone: nothing inline, nothing evaluated, no origin', () => {
    expect(directives.get('script-src')).toEqual(["'nonce-bm9uY2U='"]);
    expect(policy).not.toMatch(/unsafe|\*(?!\.vscode-cdn\.net)|data:|blob:|http:/);
    expect([...page.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script nonce="bm9uY2U=" src="https://file.example/dist/webview.js">',
    ]);
    expect(page).not.toMatch(/ on[a-z]+=| style=|<style/);
  });

  it('takes styles, pictures and fonts from the extension, and gives the components their nonce', () => {
    expect(directives.get('style-src')).toContain("'nonce-bm9uY2U='");
    for (const kind of ['style-src', 'img-src', 'font-src']) expect(directives.get(kind)).toContain("'self'");
    expect(page).toContain('<meta property="csp-nonce" content="bm9uY2U=">');
  });

  it('escapes what it is told', () => expect(page).toContain('webview.css?a=1&#38;b=&#34;2&#34;"'));
});

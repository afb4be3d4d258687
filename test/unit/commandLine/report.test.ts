import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { unpacked } from '../../../webview/standalone/unpacked.ts';
import { LabFolder } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

const file = folder.write(
  'told.lab.ts',
  `import { experiment, gd, linear, ngd, separable } from 'depth-lab';
experiment('Told & </script>', {
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterizations: { 'w = θ': linear() },
  optimizers: { GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.1 }) },
  steps: 40,
  seeds: 2,
  claims: { 'it runs': ({ result }) => result.runs.length === 4 },
});
`,
);
const at = (name: string) => path.join(folder.path, name);
const report = (name: string) =>
  depthLab(['report', file, '--store', at('store'), '--engine', 'cpu', '--out', at(name)]);

describe('depth-lab report', { timeout: 60_000 }, () => {
  it('writes a page with the results in it, which asks nothing of a network', async () => {
    const { status, stderr } = await report('out/report.html');
    expect(status).toBe(0);
    expect(stderr).toContain('4 runs trained');
    const page = readFileSync(at('out/report.html'), 'utf8');
    expect(page).toContain('default-src &#39;none&#39;; script-src &#39;nonce-');
    expect(page).not.toMatch(/<(link|img|iframe|script)[^>]+(src|href)=/);
    expect(page).toContain('<title>Told &#38; &#60;/script&#62;</title>');
    const [, data] = /id="results">([^<]*)<\/script>/.exec(page)!;
    const [view] = unpacked(data!) as { experiment: string; runs: unknown[]; samples: { step: unknown }[] }[];
    expect(view).toMatchObject({ experiment: 'Told & </script>', status: 'finished' });
    expect(view!.runs).toHaveLength(4);
    expect(view!.samples[0]?.step).toBeInstanceOf(Float64Array);
    // Everything that is opened is closed: no script has ended early.
    expect(page.match(/<script/g)?.length).toBe(page.match(/<\/script>/g)?.length);
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page).toContain('<td>w = θ</td>');
  });

  it('writes tables in Markdown and LaTeX, from the store', async () => {
    const first = await report('report.md');
    expect(first.stderr).toContain('all 4 runs stored');
    const markdown = readFileSync(at('report.md'), 'utf8');
    expect(markdown).toContain('| w = θ | GD |');
    expect(markdown).toContain('- holds: it runs');
    expect(await report('report.tex')).toMatchObject({ status: 0 });
    expect(readFileSync(at('report.tex'), 'utf8')).toContain('w = $\\theta$ & NGD &');
  });

  it('refuses other endings before it trains', async () => {
    const { status, stderr } = await report('report.docx');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^depth-lab: .*report\.docx must end with \.html, \.md, \.tex\n$/);
    expect(existsSync(at('report.docx'))).toBe(false);
  });
});

import { afterAll, expect, it } from 'vitest';
import { labFile, small } from '../../labFiles.ts';
import { LabFolder } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

const names = '\'the "moon" is <made> of\\ncheese & 100 %\'';
folder.write('claims.lab.ts', labFile(small()).replace("'the moon is made of cheese'", names));
folder.write('broken.lab.ts', "import { experiment } from 'depth-lab';\nexperiment('broken', {});\n");
const check = (...args: string[]) =>
  depthLab(['check', 'claims.lab.ts', 'broken.lab.ts', 'missing.lab.ts', ...args], { cwd: folder.path });

it('tells claims as test cases to CI servers', async () => {
  const { status, stdout } = await check('--reporter', 'junit');
  expect(status).toBe(2);
  expect(stdout).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites /);
  const suites = [...stdout.matchAll(/<testsuite ([^>]*[^/])>([\s\S]*?)<\/testsuite>/g)];
  expect(suites.map(([, attributes]) => attributes)).toEqual([
    expect.stringMatching(/^name="Small" file="claims.lab.ts" tests="2" failures="1" errors="0" time="\d+\.\d{3}"$/),
    expect.stringMatching(/^name="broken.lab.ts" file="broken.lab.ts" tests="1" failures="0" errors="1"/),
    expect.stringMatching(/^name="missing.lab.ts" file="missing.lab.ts" tests="1" failures="0" errors="1"/),
  ]);
  const [first] = suites.map(([, , cases]) => cases);
  expect(first).toContain('<testcase classname="claims" name="depth helps GD" file="claims.lab.ts" line="16"/>');
  expect(first).toContain(
    'name="the &quot;moon&quot; is &lt;made&gt; of&#10;cheese &amp; 100 %" file="claims.lab.ts" line="17">',
  );
  expect(first).toMatch(/<failure message="mean\('GD', 'linear'\).test.error = 0.\d+; wanted: .* &gt; 1">/);
});

it('annotates the lines of a pull request', async () => {
  const { status, stdout } = await check('--reporter', 'github');
  expect(status).toBe(2);
  // For people as well.
  expect(stdout).toContain('✓ depth helps GD');
  const annotations = stdout.split('\n').filter((line) => line.startsWith('::'));
  expect(annotations).toEqual([
    expect.stringMatching(
      /^::error file=claims.lab.ts,line=17,col=5,title=Depth Lab::the "moon" is <made> of%0Acheese & 100 %25: does not hold \(mean.*wanted: .* > 1\)$/,
    ),
    expect.stringMatching(/^::error file=broken.lab.ts,line=2,col=\d+,title=Depth Lab::/),
    '::error file=missing.lab.ts,line=1,col=1,title=Depth Lab::this file does not exist',
  ]);
});

it('leaves the exit status to the claims, and is not mixed with JSON', async () => {
  const alone = await depthLab(['check', 'claims.lab.ts', '--reporter', 'junit'], { cwd: folder.path });
  expect(alone.status).toBe(1);
  expect(await check('--reporter', 'junit', '--json')).toMatchObject({ status: 2, stdout: '' });
});

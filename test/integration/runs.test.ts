import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, lens, open, problems, replace, titles, until } from './helpers.ts';

/** The words over a place, counted from 0. */
async function hoverAt(document: vscode.TextDocument, line: number, character: number): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    new vscode.Position(line, character),
  );
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (content as vscode.MarkdownString).value))
    .join('\n');
}

suite('running', () => {
  teardown(closeAll);

  test('saves the file first, and tells how it went', async () => {
    const document = await open('run.lab.ts', labFile(small()));
    await replace(document, 'seeds: 2', 'seeds: 3');
    await vscode.commands.executeCommand('depthLab.run', document.uri, 'Small');
    await lens(document, /1 of 2 claims · 3 seeds/);
    assert.equal(document.isDirty, false);
    assert.match(await readFile(document.uri.fsPath, 'utf8'), /seeds: 3/);
  });

  test('runs the experiment at the cursor', async () => {
    const document = await open('cursor.lab.ts', labFile(small(), small({ name: 'Other' })));
    const at = new vscode.Position(25, 4);
    vscode.window.activeTextEditor!.selection = new vscode.Selection(at, at);
    await vscode.commands.executeCommand('depthLab.run');
    await lens(document, /claims/);
    assert.deepEqual((await titles(document)).slice(0, 3), ['Run', 'Live', 'Run']);
  });

  test('runs all experiments of a file', async () => {
    const document = await open('all.lab.ts', labFile(small(), small({ name: 'Other' })));
    await vscode.commands.executeCommand('depthLab.runAll');
    await until('both', async () => (await titles(document)).filter((title) => /claims/.test(title)).length === 2);
  });

  test('stops', async () => {
    const document = await open('stop.lab.ts', labFile(small({ steps: 1_000_000 })));
    await vscode.commands.executeCommand('depthLab.run');
    await lens(document, /running/);
    await vscode.commands.executeCommand('depthLab.stop');
    await lens(document, /stopped/);
  });

  test('hovers show the numbers of a parameterization', async () => {
    const document = await open('hover.lab.ts', labFile(small()));
    await vscode.commands.executeCommand('depthLab.run');
    await lens(document, /claims/);
    assert.match(await hoverAt(document, 5, 7), /\| \*\*linear\*\* \| GD \| .* % ± .* \|/);
  });

  test('hovers show what a parameterization is, and explain it', async () => {
    const document = await open('mathematics.lab.ts', labFile(small()));
    await vscode.commands.executeCommand('depthLab.run');
    const words = await until('mathematics', async () => {
      const shown = await hoverAt(document, 6, 7);
      return shown.includes('∂w/∂u = 2 u') && shown;
    });
    assert.match(words, /w = u² − v²/);
    assert.match(words, /80 parameters · rank of ∂w\/∂θ 40 of 40 at the start/);
    assert.match(words, /Largest stable rate of gradient descent at the start [\d.]+/);
    await vscode.commands.executeCommand('depthLab.explain', document.uri.fsPath, 'Small');
    const explained = await until('the explanation', () => vscode.window.activeTextEditor?.document);
    assert.match(explained.getText(), /── square ── elementwise: u \[40\], v \[40\]/);
  });

  test('hovers show how far the paths part under an optimizer', async () => {
    const document = await open('paths.lab.ts', labFile(small()));
    await vscode.commands.executeCommand('depthLab.run');
    await lens(document, /claims/);
    assert.match(await hoverAt(document, 10, 5), /^\*\*NGD\*\*.*differ by up to .*result\.invariance\('NGD'\)/s);
  });
});

suite('problems', () => {
  teardown(closeAll);

  const runAndFail = async (document: vscode.TextDocument) => {
    await vscode.commands.executeCommand('depthLab.run');
    await lens(document, /✗/);
    return until('a problem', () => problems(document)[0]);
  };

  test('name the expression that cannot be differentiated', async () => {
    const document = await open('random.lab.ts', labFile(small({ square: 'u * Math.random()' })));
    const problem = await runAndFail(document);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Error);
    assert.match(document.getText(problem.range), /random/);
  });

  test('name what cannot be trained, at the expression: a loop without end, a number that is none', async () => {
    for (const [name, square, message, blamed] of [
      ['endless', '(() => { while (u > 1) {} return u; })()', /more than 10000 iterations/, 'while (u > 1) {}'],
      ['none', 'Math.sqrt(u - 1) + v', /NaN at the initialization/, 'Math.sqrt(u - 1)'],
    ] as const) {
      // Files of their own: the lens and the problem of one must not be taken for those of the other.
      const document = await open(`${name}.lab.ts`, labFile(small({ square })));
      const problem = await runAndFail(document);
      assert.match(problem.message, message);
      assert.equal(document.getText(problem.range), blamed);
      await closeAll();
    }
  });

  test('name the operation whose shapes do not fit', async () => {
    const text = labFile(small())
      .replace('elementwise, ', 'elementwise, matmul, matrix, parameterization, ')
      .replace(
        /elementwise\(.*\),/,
        'parameterization({ a: matrix(20, 3), b: matrix(4, 20) }, ({ a, b }) => matmul(a, b)),',
      );
    const document = await open('shapes.lab.ts', text);
    const problem = await runAndFail(document);
    assert.match(problem.message, /matmul: \[20, 3\] × \[4, 20\]: 3 ≠ 4/);
    assert.ok(
      document
        .getText(new vscode.Range(problem.range.start, problem.range.start.translate(0, 20)))
        .startsWith('matmul(a, b)'),
    );
  });

  test('name the place where the file throws', async () => {
    const text = labFile(small()).replace('linear()', '(() => { throw new Error("no luck"); })()');
    const document = await open('throws.lab.ts', text);
    const problem = await runAndFail(document);
    assert.match(problem.message, /no luck/);
    assert.equal(problem.range.start.line, 5);
  });

  test('name a wrong option', async () => {
    const document = await open('option.lab.ts', labFile(small().replace('sparsity', 'sparsty')));
    const problem = await runAndFail(document);
    assert.match(problem.message, /sparsty/);
    assert.match(problem.message, /sparsity/);
    assert.equal(problem.range.start.line, 3);
  });

  test('warn of a claim that does not hold, at the claim, and go with the next run', async () => {
    const document = await open('claim.lab.ts', labFile(small()));
    await vscode.commands.executeCommand('depthLab.run');
    await lens(document, /1 of 2 claims/);
    const warning = await until('a warning', () => problems(document)[0]);
    assert.equal(warning.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(document.getText(warning.range), "'the moon is made of cheese'");
    await replace(document, '.test.error > 1', '.test.error < 1');
    await vscode.commands.executeCommand('depthLab.run');
    await lens(document, /✓ 2 claims/);
    await until('no warning', () => problems(document).length === 0);
  });
});

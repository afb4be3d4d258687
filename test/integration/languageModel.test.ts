import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { labFile, small } from '../labFiles.ts';
import { closeAll, open, problems, until } from './helpers.ts';

const names = ['depthLab_listExperiments', 'depthLab_readResults', 'depthLab_runExperiment'];

async function invoke(name: string, input: object = {}): Promise<unknown> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return JSON.parse(content.map((part) => (part as vscode.LanguageModelTextPart).value).join(''));
}

interface Told {
  status: string;
  claims: { claim: string; holds: boolean }[];
  cells: { parameterization: string; optimizer: string; seeds: number; test: { error: { mean: number } } }[];
}

suite('tools of language models', () => {
  teardown(closeAll);

  test('are offered in a trusted workspace', () => {
    const own = vscode.lm.tools.filter(({ tags }) => tags.includes('depth-lab'));
    assert.deepEqual(own.map(({ name }) => name).sort(), names);
  });

  test('list experiments, run one, and read its results', async () => {
    await open('asked.lab.ts', labFile(small({ name: 'Asked' })));
    const named = { file: 'asked.lab.ts', experiment: 'Asked' };
    const listed = (await invoke('depthLab_listExperiments')) as { file: string; experiment: string; line: number }[];
    assert.equal(listed.find(({ file }) => file === named.file)?.line, 3);
    await assert.rejects(invoke('depthLab_readResults', named), /run it first/);
    // Tests of an extension answer the question whether it may run with yes.
    const ran = (await invoke('depthLab_runExperiment', named)) as Told;
    assert.equal(ran.status, 'finished');
    assert.deepEqual(
      ran.claims.map(({ holds }) => holds),
      [true, false],
    );
    assert.equal(ran.cells.length, 4);
    assert.ok(ran.cells.every(({ seeds, test }) => seeds === 2 && test.error.mean > 0 && test.error.mean < 1));
    assert.deepEqual(await invoke('depthLab_readResults', named), ran);
  });

  test('tell what is wrong with a definition', async () => {
    const document = await open('wrong-asked.lab.ts', labFile(small()).replace('rate: 0.05,', 'rat: 0.05,'));
    const told = (await invoke('depthLab_runExperiment', { file: 'wrong-asked.lab.ts', experiment: 'Small' })) as {
      status: string;
      failure: { message: string; line: number };
    };
    assert.equal(told.status, 'failed');
    assert.match(told.failure.message, /rat/);
    await until('the problem', () => problems(document).length > 0);
  });

  test('run nothing outside of the workspace', async () => {
    const named = { file: '/etc/passwd.lab.ts', experiment: 'Small' };
    await assert.rejects(invoke('depthLab_runExperiment', named), /no experiment 'Small'/);
  });
});

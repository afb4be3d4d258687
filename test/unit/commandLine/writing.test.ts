import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { dist, LabFolder } from '../engine/labFile.ts';
import { depthLab } from './depthLab.ts';

const folder = new LabFolder();
const cli = path.join(dist, 'cli.js');
const started: ChildProcess[] = [];
afterAll(() => {
  // Those of a test that failed would train for ever.
  for (const child of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  folder.remove();
});
let count = 0;
const room = () => path.join(folder.path, `out-${++count}`);

/** Two short runs, then one without end; networks have no predictions of theory. */
const endless = folder.write(
  'endless.lab.ts',
  `import { experiment, gd, network, separable, sweep } from 'depth-lab';
experiment('grows', sweep({ steps: [5, 6, 1e9] }, ({ steps }) => ({
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterizations: { net: network({ widths: [3] }) },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps,
})));
`,
);
const short = folder.write(
  'short.lab.ts',
  `import { experiment, gd, linear, separable } from 'depth-lab';
experiment('short', {
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: 5,
  seeds: 40,
});
`,
);

interface Running {
  child: ChildProcess;
  stdout: string;
  stderr: string;
  ended: Promise<number | null>;
}

/** In a process group of its own, as a shell starts a command. */
function start(...args: string[]): Running {
  const child = spawn(process.execPath, [cli, ...args], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  const running: Running = {
    child,
    stdout: '',
    stderr: '',
    ended: new Promise((resolve) => child.once('close', resolve)),
  };
  child.stdout.on('data', (text) => (running.stdout += text));
  child.stderr.on('data', (text) => (running.stderr += text));
  return running;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

const linesIn = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : []);
const stepsOf = (lines: readonly string[]) => lines.map((line) => JSON.parse(line).steps);

describe('results', { timeout: 60_000 }, () => {
  it('are printed and written run by run, and survive a kill beside earlier ones', async () => {
    const out = room();
    mkdirSync(out);
    writeFileSync(path.join(out, 'results.jsonl'), 'earlier\n');
    const running = start('run', endless, '--json', '--out', out);
    await until(() => linesIn(path.join(out, 'results.partial.jsonl')).length === 2);
    await until(() => running.stdout.split('\n').length === 3);
    running.child.kill('SIGKILL');
    await running.ended;
    expect(stepsOf(running.stdout.split('\n').slice(0, -1))).toEqual([5, 6]);
    expect(stepsOf(linesIn(path.join(out, 'results.partial.jsonl'))).sort()).toEqual([5, 6]);
    expect(readFileSync(path.join(out, 'results.jsonl'), 'utf8')).toBe('earlier\n');
  });

  it.each(['--json', '--workers'])('are printed after two Ctrl+C in a row, and kept (%s)', async (option) => {
    const out = room();
    const running = start('run', endless, '--out', out, ...(option === '--json' ? ['--json'] : ['--workers', '1']));
    await until(() => linesIn(path.join(out, 'results.partial.jsonl')).length === 2);
    for (let times = 0; times < 2; times++) process.kill(-(running.child.pid as number), 'SIGINT');
    expect(await running.ended).toBe(3);
    const kept = path.join(out, 'results.partial.jsonl');
    expect(running.stderr).toBe(`depth-lab: the results are incomplete; what was finished is in ${kept}\n`);
    if (option === '--json') expect(running.stdout).toBe(readFileSync(kept, 'utf8'));
    else expect(running.stdout).toMatch(/net +GD/);
    expect(stepsOf(linesIn(kept))).toEqual([5, 6]);
    expect(readdirSync(out)).toEqual(['results.partial.jsonl']);
  });

  it('replace earlier ones when they are complete, and only then', async () => {
    const out = room();
    mkdirSync(out);
    writeFileSync(path.join(out, 'results.jsonl'), 'earlier\n');
    const wrong = folder.write('wrong.lab.ts', "import { experiment } from 'depth-lab';\nexperiment('', {});\n");
    const failed = await depthLab(['run', short, wrong, '--out', out]);
    expect(failed.status).toBe(2);
    expect(failed.stderr).toContain('depth-lab: the results are incomplete; what was finished is in ');
    expect(readFileSync(path.join(out, 'results.jsonl'), 'utf8')).toBe('earlier\n');
    expect(linesIn(path.join(out, 'results.partial.jsonl'))).toHaveLength(41);
    const complete = await depthLab(['run', short, '--json', '--out', out]);
    expect(complete.status).toBe(0);
    expect(complete.stderr).toBe('');
    expect(readFileSync(path.join(out, 'results.jsonl'), 'utf8')).toBe(complete.stdout);
    // Another run's results are not ours.
    expect(readdirSync(out)).toEqual(['results.jsonl', 'results.partial.jsonl']);
  });

  it('that meet a full disk end the command with one line, and keep what was written', () => {
    const out = room();
    // A limit of the size of files stands for the disk.
    const command = `trap '' XFSZ; ulimit -f 16; exec "${process.execPath}" "${cli}" run "${short}" --out "${out}"`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    const kept = path.join(out, 'results.partial.jsonl');
    expect(stderr).toBe(
      `depth-lab: ${kept} cannot be written: the file would be too large\n` +
        `depth-lab: the results are incomplete; what was finished is in ${kept}\n`,
    );
    expect(status).toBe(2);
    expect(linesIn(kept).length).toBeGreaterThan(0);
    for (const line of linesIn(kept)) expect(JSON.parse(line).kind).toBe('run');
    expect(readFileSync(kept, 'utf8')).toMatch(/\n$/);
  });

  it.each<[string, (out: string) => string, string]>([
    [
      'a folder in the way',
      (out) => {
        mkdirSync(path.join(out, 'results.jsonl'), { recursive: true });
        return out;
      },
      'a folder is in the way',
    ],
    [
      'a file in the way',
      (out) => {
        writeFileSync(out, '');
        return out;
      },
      'a file is in the way',
    ],
    [
      'a link',
      (out) => {
        mkdirSync(out);
        symlinkSync(short, path.join(out, 'results.jsonl'));
        return out;
      },
      'it is a link',
    ],
    ['no permission', () => '/proc/depth-lab', ''],
  ])('are not trained for where there is %s', async (_, make, why) => {
    const { status, stdout, stderr } = await depthLab(['run', short, '--out', make(room())]);
    expect(stderr).toMatch(new RegExp(`^depth-lab: \\S+ cannot be written: ${why || '.+'}\n$`));
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });
});

describe('names', { timeout: 30_000 }, () => {
  const hostile = String.raw`'\u001b[2J\u009b31m\u202e\r\nname'`;
  const file = folder.write(
    'hostile.lab.ts',
    `import { elementwise, experiment, gd, linear, separable, sweep } from 'depth-lab';
experiment(${hostile}, sweep({ [${hostile}]: [1] }, () => ({
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterizations: { [${hostile}]: linear(), other: elementwise({ u: 0.1 }, ({ u }) => u) },
  optimizers: { [${hostile}]: gd({ rate: 0.1 }) },
  steps: 5,
  claims: { [${hostile}]: () => { throw new Error(${hostile}); } },
})));
experiment('wrong', { problem: separable({ dimension: 6, train: 4 }), parameterizations: { [${hostile}]: 1 } });
`,
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/;

  it.each([['run'], ['run', '--json'], ['check'], ['list'], ['list', '--json'], ['explain']])(
    'are shown with their control characters escaped (%s %s)',
    async (command, ...options) => {
      const good = folder.write('good.lab.ts', readFileSync(file, 'utf8').replace(/^experiment\('wrong'.*\n/m, ''));
      for (const one of [good, file]) {
        const { stdout, stderr } = await depthLab([command, one, ...options]);
        expect(stdout + stderr).not.toMatch(raw);
        if (command !== 'explain' && one === good) expect(stdout).toContain(String.raw`\u001b[2J\u009b31m\u202e`);
      }
    },
  );

  it('of files are shown so too', async () => {
    const { stderr } = await depthLab(['run', 'no\u001b[31m\n.lab.ts']);
    expect(stderr).toBe('no\\u001b[31m\\n.lab.ts:1:1: this file does not exist\n');
  });
});

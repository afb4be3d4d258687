#!/usr/bin/env node
/** The command line: the engine without an editor. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { bench } from './bench.ts';
import { type EngineOptions, engine } from './engine.ts';
import { ExitStatus } from './exitStatus.ts';
import { explain } from './explain.ts';
import { list } from './list.ts';
import { type RunOptions, run } from './run.ts';

const program = new Command('depth-lab')
  .description('Trains the experiments of *.lab.ts files with gradient descent and natural gradient descent.')
  .version(packageJson.version)
  .showHelpAfterError('Try --help.')
  .exitOverride();

function runCommand(name: string, description: string, claimsOnly: boolean): void {
  program
    .command(name)
    .description(description)
    .argument('<file...>', 'lab files')
    .option('--experiment <name>', 'only this experiment')
    .option('--json', 'print one JSON object per line, and nothing else, to standard output')
    .addOption(new Option('--engine <engine>', 'what computes').choices(['auto', 'cpu', 'gpu']).default('auto'))
    .option('--workers <n>', 'threads (default: one per core)', wholeNumber)
    .option('--code-time <seconds>', "processor time for each stage of the file's own code (default: 10)", positive)
    .option('--code-memory <gib>', "memory for the file's own code (default: 3/8 of the machine's)", positive)
    .option('--out <dir>', 'also write the JSON lines to <dir>/results.jsonl')
    .action(async (files: string[], options: Omit<RunOptions, 'claimsOnly'>) => {
      process.exitCode = await run(files, { ...options, claimsOnly });
    });
}

runCommand('run', 'train the grid of each experiment and report runs and claims', false);
runCommand('check', 'train the grid of each experiment and report only its claims', true);

program
  .command('list')
  .description('list the experiments in the files without running anything')
  .argument('<file...>', 'lab files')
  .option('--json', 'print one JSON object per line')
  .action(async (files: string[], options: { json?: boolean }) => {
    process.exitCode = await list(files, options.json ?? false);
  });

program
  .command('explain')
  .description('show how the experiments are compiled: graph, gradient, generated code')
  .argument('<file>', 'lab file')
  .option('--experiment <name>', 'only this experiment')
  .action(async (file: string, options: { experiment?: string }) => {
    process.exitCode = await explain(file, options.experiment);
  });

program
  .command('bench')
  .description("time the jobs that the peers' scripts do as well")
  .argument('[job...]', 'jobs (default: all)')
  .option('--json', 'print one JSON object per line')
  .action(async (jobs: string[], options: { json?: boolean }) => {
    process.exitCode = await bench(jobs, options.json ?? false);
  });

program
  .command('engine')
  .description('show the measured cost of work on CPU and GPU, on which --engine auto bases its choice')
  .option('--calibrate', 'measure again')
  .option('--json', 'one JSON object')
  .action(async (options: EngineOptions) => {
    process.exitCode = await engine(options);
  });

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0)) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number of at least 1.');
  return value;
}

// The reader of the output may stop early (`depth-lab run FILE --json | head`), or its disk may be full.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  process.stderr.write(`depth-lab: the output could not be written: ${error.message}\n`);
  process.exit(ExitStatus.Wrong);
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? ExitStatus.Well : ExitStatus.Wrong;
}

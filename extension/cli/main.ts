#!/usr/bin/env node
/** The command line: the engine without an editor. */
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import type { Shard } from '../engine/protocol.ts';
import { formats } from '../export/formats.ts';
import { figureView } from '../figures/view.ts';
import { figureNames, tableNames } from '../report/exportRequest.ts';
import { STORE_LIMIT } from '../store/location.ts';
import { bench } from './bench.ts';
import { type EngineOptions, engine } from './engine.ts';
import { ExitStatus } from './exitStatus.ts';
import { explain } from './explain.ts';
import { type ExportOptions, exportResults } from './export.ts';
import { families } from './figures.ts';
import { list } from './list.ts';
import { type ReportFileOptions, writeReport } from './reportFile.ts';
import { type RunOptions, reporters, run } from './run.ts';
import { scriptFormats } from './scripts.ts';
import { seedsOf } from './seeds.ts';
import { listStore, mergeStores, pruneStore, type StoreOptions, storePath, verifyStore } from './store.ts';

const program = new Command('depth-lab')
  .description('Trains the experiments of *.lab.ts files with gradient descent and natural gradient descent.')
  .version(packageJson.version)
  .showHelpAfterError('Try --help.')
  .exitOverride();

/** A command that trains, with the options of training. */
function trainingCommand(name: string, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument('<file...>', 'lab files')
    .option('--experiment <name>', 'only this experiment')
    .addOption(new Option('--engine <engine>', 'what computes').choices(['auto', 'cpu', 'gpu']).default('auto'))
    .option('--workers <n>', 'threads (default: one per core)', wholeNumber)
    .option('--no-native', 'train long runs in WebAssembly, too, not in C that the compiler of this machine compiles')
    .option('--code-time <seconds>', "processor time for each stage of the file's own code (default: 10)", positive)
    .option('--code-memory <gib>', "memory for the file's own code (default: 3/8 of the machine's)", positive)
    .option('--store <dir>', 'where runs are kept (default: .depth-lab of the project, or beside the file)')
    .option('--store-limit <gib>', `GiB that they may take; the oldest go first (default: ${STORE_LIMIT})`, positive)
    .option('--no-store', 'train everything, and keep nothing')
    .option('--fresh', 'train everything again, and say where results differ from those that are kept')
    .option('--exact', 'use no results that a machine with other arithmetic computed')
    .option(
      '--seeds <seeds>',
      'how many seeds (1, 2, …), or which, instead of those of the file: 8, 101-108, or 1,5,9-12',
      seedsOf,
    )
    .option('--steps <n>', 'steps instead of those of the file', wholeNumber)
    .option('--full', "the full size of each experiment that has one ('full' in its definition)");
}

function runCommand(name: string, description: string, claimsOnly: boolean): Command {
  return trainingCommand(name, description)
    .option('--json', 'print one JSON object per line, and nothing else, to standard output')
    .option('--shard <i/n>', 'train only the i-th of n parts of each grid, without theory and claims', shardOf)
    .option('--out <dir>', 'also write the JSON lines to <dir>/results.jsonl')
    .action(async (files: string[], options: Omit<RunOptions, 'claimsOnly'>, command: Command) => {
      if (options.samples && !options.json && options.out === undefined) {
        command.error('error: --samples adds to JSON lines: it needs --json or --out <dir>.');
      }
      process.exitCode = await run(files, { ...options, claimsOnly });
    });
}

runCommand('run', 'train the grid of each experiment and report runs and claims', false).option(
  '--samples',
  'with the curves of each run, in the JSON lines',
);
runCommand('check', 'train the grid of each experiment and report only its claims', true).addOption(
  new Option('--reporter <reporter>', 'how claims are told: for people, or for CI servers')
    .choices(reporters)
    .default('text')
    .conflicts(['json', 'out']),
);

trainingCommand('export', 'write tables and figures of experiments; train what is not stored')
  .addOption(
    new Option(
      '--format <format>',
      'of tables (default: csv, without --figures); python and jax: a script that trains without Depth Lab',
    ).choices([...formats, ...Object.keys(scriptFormats)]),
  )
  .option('--tables <names>', `some of ${tableNames.join(',')} (default: all)`, someOf('table', tableNames))
  .addOption(new Option('--figures <format>', 'draw figures for print').choices(['svg', 'pdf', 'png']))
  .option('--width <cm>', 'of figures', positive, 8.5)
  .addOption(new Option('--font <font>', 'of figures').choices(Object.keys(families)).default('sans'))
  .option('--font-size <pt>', 'of figures', positive, 8)
  .option('--resolution <dpi>', 'of figures in PNG', positive, 300)
  .option('--only <figures>', `some of ${figureNames.join(',')} (default: all)`, someOf('figure', figureNames))
  .option(
    '--view <json>',
    'choices of the panel: {"quantity": "error", "x": "time", "seed": 2, "point": 3 …}',
    argument(figureView),
  )
  .option('--hide <names...>', 'parameterizations and optimizers that figures leave out')
  .requiredOption('--out <dir>', 'the folder of the files')
  .action(async (files: string[], options: ExportOptions) => {
    process.exitCode = await exportResults(files, options);
  });

trainingCommand('report', 'write one file to read and to send; train what is not stored')
  .requiredOption('--out <file>', 'report.html (interactive, in one file), report.md or report.tex (tables)')
  .action(async (files: string[], options: ReportFileOptions) => {
    process.exitCode = await writeReport(files, options);
  });

const storeCommand = program.command('store').description('what is kept of runs: ls, verify, prune, path');
const inStore = (name: string, description: string) =>
  storeCommand
    .command(name)
    .description(description)
    .option('--store <dir>', 'the store (default: that of the working directory)');
inStore('path', 'print the folder').action((options: StoreOptions) => {
  process.exitCode = storePath(options);
});
inStore('ls', 'count the records')
  .option('--json', 'print one JSON object per line')
  .action((options: StoreOptions) => {
    process.exitCode = listStore(options);
  });
inStore('verify', 'read every record; exit status 1 if one is damaged')
  .option('--json', 'print one JSON object')
  .action((options: StoreOptions) => {
    process.exitCode = verifyStore(options);
  });
inStore('prune', 'remove what is damaged or replaced, and the oldest records beyond a size')
  .option('--size <gib>', 'what may remain, in GiB', positive)
  .action((options: StoreOptions & { size?: number }) => {
    process.exitCode = pruneStore(options);
  });

program
  .command('merge')
  .description('take over the records of other stores')
  .argument('<other...>', 'folders of stores')
  .option('--store <dir>', 'the store that takes them (default: that of the working directory)')
  .action((others: string[], options: StoreOptions) => {
    process.exitCode = mergeStores(others, options);
  });

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

function shardOf(text: string): Shard {
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index >= 1 && shard.index <= shard.count)) {
    throw new InvalidArgumentError('It must be i/n with 1 ≤ i ≤ n, for example 2/3.');
  }
  return shard;
}

/** Some of the known names, with commas, in their order. @param what it is that they name */
function someOf<T extends string>(what: string, known: readonly T[]): (text: string) => T[] {
  return (text) => {
    const chosen = text.split(',');
    const wrong = chosen.find((name) => !known.some((one) => one === name));
    if (wrong !== undefined) throw new InvalidArgumentError(`There is no ${what} '${wrong}': ${known.join(', ')}.`);
    return known.filter((name) => chosen.includes(name));
  };
}

/** Reads an argument; what is wrong with it is said of its option. */
function argument<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      throw new InvalidArgumentError((error as Error).message);
    }
  };
}

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

/** `depth-lab bench`: the peers' jobs as ordinary experiments, timed. */
import { fileURLToPath } from 'node:url';
import { EngineClient } from '../engine/client.ts';
import type { EngineEvent } from '../engine/protocol.ts';
import { closest } from '../lab/options.ts';
import type { RunResult } from '../lab/results.ts';
import type { GridPlan } from '../report/grid.ts';
import { isJob, JOB_FILES, lossOfPeers, TWIN, WARM_UP } from './benchJobs.ts';
import { ExitStatus } from './exitStatus.ts';

const FILES = JOB_FILES.map((name) => fileURLToPath(new URL(`../media/benchmark/${name}`, import.meta.url)));

/** Milliseconds in which the engine gets ready for the next request, as between two clicks: it starts processes ahead. */
const REST = 2000;

/** One line of the benchmark. */
export interface BenchLine {
  job: string;
  peer: 'depth-lab';
  /** Wall-clock time of the whole grid (data, training, samples) in an engine that is warm, as in the editor. */
  seconds: number;
  steps: number;
  runs: number;
  /** Mean over the runs, defined as the peers define it. */
  loss: number;
}

export async function bench(jobs: readonly string[], json: boolean): Promise<ExitStatus> {
  const files = await filesOfJobs(jobs);
  const unknown = jobs.find((job) => !files.has(job));
  if (unknown !== undefined) return refuse(unknown, [...files.keys()]);
  for (const job of jobs.length > 0 ? jobs : files.keys()) {
    const line = await inOwnEngine(async (client) => {
      await runOne(client, FILES[0]!, [WARM_UP]);
      return timed(client, files.get(job)!, job);
    });
    if (!line) return ExitStatus.Wrong;
    print(line, json);
  }
  return ExitStatus.Well;
}

/** The file of each job; files are loaded until all of the jobs that are asked for are known. */
async function filesOfJobs(asked: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const file of FILES) {
    if (asked.length > 0 && asked.every((job) => found.has(job))) break;
    const { experiments } = await inOwnEngine((client) => runOne(client, file, []));
    for (const name of experiments) if (isJob(name)) found.set(name, file);
  }
  return found;
}

function refuse(job: string, known: readonly string[]): ExitStatus {
  const near = closest(job, known);
  const hint = near ? `Did you mean '${near}'?` : `Available: ${known.join(', ')}.`;
  process.stderr.write(`there is no job '${job}'. ${hint}\n`);
  return ExitStatus.Wrong;
}

function print(line: BenchLine, json: boolean): void {
  const { job, seconds, loss } = line;
  const words = `${job.padEnd(34)}${seconds.toPrecision(3).padStart(10)} s   loss ${loss}`;
  process.stdout.write(`${json ? JSON.stringify(line) : words}\n`);
}

/** Each job gets an engine of its own, so that garbage left by one job does not slow down the next. */
async function inOwnEngine<Result>(use: (client: EngineClient) => Promise<Result>): Promise<Result> {
  const client = new EngineClient({ enginePath: fileURLToPath(new URL('./engine.js', import.meta.url)) });
  try {
    return await use(client);
  } finally {
    await client.dispose();
  }
}

async function timed(client: EngineClient, file: string, job: string): Promise<BenchLine | null> {
  // The shorter copy runs first, so that the timed run finds compiled code, as the peers' libraries are compiled.
  const twin = await runOne(client, file, [job + TWIN]);
  await new Promise((resolve) => setTimeout(resolve, REST));
  const { grid, runs, seconds } = await runOne(client, file, [job]);
  if (!grid || !twin.grid) return null;
  const losses = twin.runs.map((run) => run.train.loss);
  const loss = lossOfPeers(losses, twin.grid);
  return { job, peer: 'depth-lab', seconds, steps: grid.steps ?? 0, runs: runs.length, loss };
}

interface Outcome {
  experiments: string[];
  grid: GridPlan | null;
  runs: RunResult[];
  seconds: number;
}

async function runOne(client: EngineClient, file: string, experiments: string[]): Promise<Outcome> {
  const outcome: Outcome = { experiments: [], grid: null, runs: [], seconds: Number.NaN };
  const take = (event: EngineEvent) => {
    if (event.type === 'loaded') outcome.experiments = event.experiments.map((found) => found.experiment);
    if (event.type === 'planned') outcome.grid = event.grid;
    if (event.type === 'ran') outcome.runs.push(event.run);
    if (event.type === 'finished') outcome.seconds = event.seconds;
    if (event.type === 'failed') process.stderr.write(`${event.failure.message}\n`);
  };
  await client.run({ file, experiments, workers: null, engine: 'cpu', snapshots: false }, take).ended;
  return outcome;
}

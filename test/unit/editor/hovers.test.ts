import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Vscode from 'vscode';
import type { Inspection } from '../../../extension/lab/results.ts';
import { RunService } from '../../../extension/runs/runService.ts';
import { labFile, small } from '../../labFiles.ts';
import { goodRun, grid } from '../runs/events.ts';
import { FakeEngine } from '../runs/fakeEngine.ts';
import { FakeDocument, Position } from './fakeVscode.ts';

const vscode = await vi.hoisted(async () => (await import('./fakeVscode.ts')).fakeVscode());
vi.mock('vscode', () => vscode);

const { LabDocuments } = await import('../../../extension/editor/labDocuments.ts');
const { Hovers } = await import('../../../extension/editor/hovers.ts');

/** Lines and columns, from 0. */
const places = { name: [2, 14], linear: [5, 6], GD: [9, 5] } as const;

const inspection = (formula: string): Inspection => ({
  parameterizations: [{ name: 'linear', mathematics: [formula], parameters: 2, jacobian: null, stableRate: 0.5 }],
  rates: [],
});

let engine: FakeEngine;
let runs: RunService;
let documents: InstanceType<typeof LabDocuments>;
let document: Vscode.TextDocument;
const known = vi.fn(async (): Promise<Inspection | null> => null);

beforeEach(async () => {
  engine = new FakeEngine();
  runs = new RunService({
    engineFor: () => engine,
    settings: () => ({ engine: 'cpu', workers: 1 }),
    prepare: () => true,
    unsaved: () => [],
  });
  documents = new LabDocuments(runs);
  known.mockReset();
  known.mockResolvedValue(null);
  const opened = new FakeDocument(labFile(small({ name: 'One' })));
  vscode.events.opened.fire(opened);
  document = opened as unknown as Vscode.TextDocument;
  await documents.settled(document);
});

afterEach(() => documents.dispose());

/** The words of the hover; null if there is none. */
async function hoverOver(place: keyof typeof places): Promise<string | null> {
  const hovers = new Hovers(documents, runs, { of: known });
  const [line, character] = places[place];
  const hover = await hovers.provideHover(document, new Position(line, character) as Vscode.Position);
  return hover && (hover.contents as unknown as { value: string }).value;
}

function run(...inspected: Inspection[]) {
  runs.run(document.uri.fsPath, 'One');
  engine.last.send(
    { type: 'planned', grid: grid() },
    ...goodRun(),
    ...inspected.map((one) => ({ type: 'inspected', experiment: 'One', inspection: one }) as const),
    { type: 'ended', outcome: 'done' },
  );
}

describe('the hover of a parameterization', () => {
  it('says before the first run what is known without it', async () => {
    expect(await hoverOver('linear')).toBeNull();
    known.mockResolvedValue(inspection('w = θ'));
    expect(await hoverOver('linear')).toMatch(/w = θ.*2 parameters.*Largest stable rate .* 0\.5.*Graph, gradient/s);
    expect(await hoverOver('linear')).not.toContain('test error');
  });

  it('adds to results what did not come with them', async () => {
    run();
    expect(await hoverOver('linear')).toMatch(/^\| .*test error/);
    known.mockResolvedValue(inspection('w = θ'));
    expect(await hoverOver('linear')).toMatch(/w = θ.*test error/s);
  });

  it('shows results without waiting long for more', async () => {
    run();
    known.mockReturnValue(new Promise(() => {}));
    expect(await hoverOver('linear')).toMatch(/^\| .*test error/);
  });

  it('shows what came with the run, and asks for nothing', async () => {
    run(inspection('w = as it ran'));
    expect(await hoverOver('linear')).toMatch(/w = as it ran.*test error/s);
    expect(known).not.toHaveBeenCalled();
  });

  it('tells of the text as it is now, where that is known', async () => {
    run(inspection('w = as it ran'));
    runs.setEdited(document.uri.fsPath, 'One', true);
    expect(await hoverOver('linear')).toMatch(/w = as it ran.*earlier version of the text/s);
    known.mockResolvedValue(inspection('w = as written now'));
    expect(await hoverOver('linear')).toMatch(/w = as written now.*earlier version of the text/s);
  });
});

it('asks nothing for hovers of experiments and optimizers', async () => {
  run();
  expect(await hoverOver('name')).toContain('test error');
  await hoverOver('GD');
  expect(known).not.toHaveBeenCalled();
});

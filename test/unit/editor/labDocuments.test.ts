import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RunService } from '../../../extension/runs/runService.ts';
import { labFile, small } from '../../labFiles.ts';
import { FakeEngine } from '../runs/fakeEngine.ts';
import { FakeDocument, fakeVscode } from './fakeVscode.ts';

const vscode = fakeVscode();
vi.mock('vscode', () => vscode);

const { LabDocuments } = await import('../../../extension/editor/labDocuments.ts');

const NAMES = ['Small'];
let runs: RunService;
let documents: InstanceType<typeof LabDocuments>;
let document: FakeDocument;

beforeEach(async () => {
  const engine = new FakeEngine();
  runs = new RunService({
    engineFor: () => engine,
    settings: () => ({ engine: 'cpu', workers: 1 }),
    prepare: () => true,
    unsaved: () => [],
  });
  documents = new LabDocuments(runs);
  document = new FakeDocument(labFile(small()));
  vscode.events.opened.fire(document);
  await documents.settledSoon(document.uri.fsPath);
});
afterEach(() => documents.dispose());

function type(text: string) {
  document.text = text;
  vscode.events.edited.fire({ document, contentChanges: [{ rangeOffset: 0, rangeLength: 0, text: '' }] });
}
const changed = () => documents.changed(document.uri.fsPath, NAMES);

it('tells what differs from the text that ran last', async () => {
  expect(await changed()).toEqual(NAMES);
  runs.start(document.uri.fsPath, NAMES);
  expect(await changed()).toEqual([]);
  type(labFile(small({ rate: 0.07 })));
  expect(await changed()).toEqual(NAMES);
  type(`// ${'a comment'}\n${labFile(small())}`);
  expect(await changed()).toEqual([]);
});

it('does not take what is typed while a run loads for what runs', async () => {
  runs.start(document.uri.fsPath, NAMES);
  type(labFile(small({ rate: 0.07 })));
  await documents.settledSoon(document.uri.fsPath);
  await vi.waitFor(() => expect(documents.freshness(document.uri.fsPath, 'Small').frameChanged).toBe(true));
  expect(await changed()).toEqual(NAMES);
});

it('tells nothing of a text that is half-typed', async () => {
  type(labFile(small()).replace('linear()', 'linear('));
  expect(await changed()).toBe(null);
});

it('counts what is imported', async () => {
  runs.start(document.uri.fsPath, NAMES);
  documents.setImportsChanged(document.uri.fsPath, 'Small', true);
  expect(await changed()).toEqual(NAMES);
  runs.start(document.uri.fsPath, NAMES);
  expect(await changed()).toEqual([]);
});

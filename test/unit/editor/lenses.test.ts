import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as Vscode from 'vscode';
import { RunService } from '../../../extension/runs/runService.ts';
import { labFile, small } from '../../labFiles.ts';
import { goodRun, grid } from '../runs/events.ts';
import { FakeEngine } from '../runs/fakeEngine.ts';
import { FakeDocument, Position } from './fakeVscode.ts';

const vscode = await vi.hoisted(async () => (await import('./fakeVscode.ts')).fakeVscode());
vi.mock('vscode', () => vscode);

const { LabDocuments } = await import('../../../extension/editor/labDocuments.ts');
const { Lenses } = await import('../../../extension/editor/lenses.ts');
const { LineLenses } = await import('../../../extension/editor/lineLenses.ts');
const { Hovers } = await import('../../../extension/editor/hovers.ts');

let engine: FakeEngine;
let runs: RunService;
let documents: InstanceType<typeof LabDocuments>;
let logged: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  engine = new FakeEngine();
  runs = new RunService({
    engineFor: () => engine,
    settings: () => ({ engine: 'cpu', workers: 1 }),
    prepare: () => true,
    unsaved: () => [],
  });
  documents = new LabDocuments(runs);
  logged = vi.spyOn(console, 'error').mockImplementation(() => {});
});

afterEach(() => {
  documents.dispose();
  vscode.settings.clear();
  logged.mockRestore();
});

const opened = (text: string) => {
  const document = new FakeDocument(text);
  vscode.events.opened.fire(document);
  return document as unknown as Vscode.TextDocument;
};
const pinned = { of: () => [], subscribe: () => ({ dispose() {} }) };
const inspections = { of: async () => null };
const live = { has: () => false, onDidChange: () => ({ dispose() {} }) };
const lenses = (of = documents) => new Lenses(of, runs, live as never, pinned);
const titles = (found: Vscode.CodeLens[]) => found.map(({ command }) => command?.title);
const at = (line: number, character: number) => new Position(line, character) as Vscode.Position;

describe('lenses and hovers', () => {
  it.each([
    ['parentheses', '('.repeat(100_000)],
    ['closed brackets', `[${'['.repeat(100_000)}${']'.repeat(100_000)}]`],
    ['words that await', 'await '.repeat(100_000)],
    ['nothing', ''],
  ])('answer for a text with 100,000 %s', async (_name, text) => {
    const document = opened(labFile(small(), text));
    const found = await lenses().provideCodeLenses(document);
    expect(titles(found).slice(0, 2)).toEqual(['$(play) Run', '$(sync) Live']);
    expect(await new Hovers(documents, runs, inspections).provideHover(document, at(2, 14))).toBeNull();
    expect(logged).not.toHaveBeenCalled();
  });

  it('answer with nothing where something is broken, and say so in the log', async () => {
    const fail = () => {
      throw new Error('broken');
    };
    const broken = { settled: fail, calls: fail, named: fail, onDidChange: documents.onDidChange } as never;
    const document = opened(labFile(small()));
    expect(await lenses(broken).provideCodeLenses(document)).toEqual([]);
    expect(await new Hovers(broken, runs, inspections).provideHover(document, at(2, 14))).toBeNull();
    expect(logged).toHaveBeenCalledTimes(2);
  });

  it('answer for a position that the text no longer has', async () => {
    const document = opened(labFile(small()));
    expect(await new Hovers(documents, runs, inspections).provideHover(document, at(1000, 1000))).toBeNull();
    expect(logged).not.toHaveBeenCalled();
  });

  it('show the results of the experiment under the pointer', async () => {
    const document = opened(labFile(small({ name: 'One' })));
    await documents.settled(document);
    runs.run(document.uri.fsPath, 'One');
    engine.last.send({ type: 'planned', grid: grid() }, ...goodRun(), { type: 'ended', outcome: 'done' });
    const hover = await new Hovers(documents, runs, inspections).provideHover(document, at(2, 14));
    expect(hover?.contents).toMatchObject({ value: expect.stringContaining('test error') });
    expect(titles(await lenses().provideCodeLenses(document))).toHaveLength(3);
  });

  it('say where nothing runs because the folder is not trusted', async () => {
    vscode.workspace.isTrusted = false;
    const document = opened(labFile(small()));
    const found = titles(await lenses().provideCodeLenses(document));
    vscode.workspace.isTrusted = true;
    expect(found).toHaveLength(3);
    expect(found[2]).toContain('not trusted');
    expect(titles(await lenses().provideCodeLenses(document))).toHaveLength(2);
  });

  it('word the lenses of a large file when they come into view', async () => {
    const document = opened(labFile(...Array.from({ length: 300 }, (_, i) => small({ name: `Experiment ${i}` }))));
    const provider = lenses();
    const found = await provider.provideCodeLenses(document);
    expect(found).toHaveLength(600);
    expect(titles(found)).not.toContain('$(play) Run');
    expect(provider.resolveCodeLens(found[2]!).command).toMatchObject({
      title: '$(play) Run',
      arguments: [document.uri, 'Experiment 1'],
    });
  });

  it('are those of the kinds that the user wants', async () => {
    const document = opened(labFile(small()));
    vscode.settings.set('lenses.live', false);
    expect(titles(await lenses().provideCodeLenses(document))).toEqual(['$(play) Run']);
    vscode.settings.set('lenses.enabled', false);
    expect(await lenses().provideCodeLenses(document)).toEqual([]);
    expect(await new LineLenses(documents, runs).provideCodeLenses(document)).toEqual([]);
  });

  it('lead to the text of a pinned run in a large file, too', async () => {
    const document = opened(labFile(...Array.from({ length: 300 }, (_, i) => small({ name: `Experiment ${i}` }))));
    const provider = new Lenses(documents, runs, live as never, { ...pinned, of: () => [{}] } as never);
    const found = await provider.provideCodeLenses(document);
    expect(found).toHaveLength(900);
    expect(provider.resolveCodeLens(found[2]!).command).toMatchObject({ title: '$(diff) Compare' });
  });

  it('lead to the text of a pinned run where there is one', async () => {
    const document = opened(labFile(small()));
    const withPin = { ...pinned, of: () => [{}] };
    const provider = new Lenses(documents, runs, live as never, withPin as never);
    expect(titles(await provider.provideCodeLenses(document))).toEqual([
      '$(play) Run',
      '$(sync) Live',
      '$(diff) Compare',
    ]);
  });
});

describe('lenses above the lines of an experiment', () => {
  const found = async (document: Vscode.TextDocument) =>
    (await new LineLenses(documents, runs).provideCodeLenses(document)).map(({ range, command }) => ({
      line: range.start.line + 1,
      title: command?.title,
      only: command?.arguments?.[2],
    }));
  const of = (parameterization: string | null, optimizer: string | null) => ({ parameterization, optimizer });

  it('run a parameterization or an optimizer alone', async () => {
    expect(await found(opened(labFile(small())))).toEqual([
      { line: 6, title: '$(play) Only this', only: of('linear', null) },
      { line: 7, title: '$(play) Only this', only: of('square', null) },
      { line: 10, title: '$(play) Only this', only: of(null, 'GD') },
      { line: 11, title: '$(play) Only this', only: of(null, 'NGD') },
    ]);
  });

  it('name what they run where several stand in a line, and are not there for a single one', async () => {
    const text = small()
      .replace(/\n {4}(NGD.*)/, ' $1')
      .replace(/ {4}'square.*\n/, '');
    expect((await found(opened(labFile(text)))).map(({ line, title }) => `${line} ${title}`)).toEqual([
      '9 $(play) Only GD',
      '9 $(play) Only NGD',
    ]);
  });

  it('show the results of lines that have no room for them', async () => {
    vscode.settings.set('lenses.only', false);
    vscode.settings.set('inlineResults.column', 20);
    const document = opened(labFile(small({ name: 'One' })));
    await documents.settled(document);
    runs.run(document.uri.fsPath, 'One');
    engine.last.send({ type: 'planned', grid: grid() }, ...goodRun(), { type: 'ended', outcome: 'done' });
    const above = await found(document);
    // The line of the experiment has room.
    expect(above.map(({ line }) => line)).toEqual([6]);
    expect(above[0]?.title).toMatch(/^GD \d/);
  });
});

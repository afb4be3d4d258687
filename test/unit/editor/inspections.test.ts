import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FakeDocument } from './fakeVscode.ts';

const vscode = await vi.hoisted(async () => (await import('./fakeVscode.ts')).fakeVscode());
vi.mock('vscode', () => vscode);

const { Inspections } = await import('../../../extension/editor/inspections.ts');

const FILE = '/lab/test.lab.ts';
const found = { parameterizations: [], rates: [] };
const inspect = vi.fn(async (_file: string, _experiment: string) => found);
const inspections = new Inspections({ inspect });
const asked = () => inspect.mock.calls.map(([file, experiment]) => [file, experiment]);

const edit = (document: object, contentChanges: object[] = [{}]) =>
  vscode.events.edited.fire({ document, contentChanges });

beforeEach(() => {
  vi.useFakeTimers();
  edit(new FakeDocument(''));
  inspect.mockClear();
});

afterEach(() => {
  vi.useRealTimers();
  vscode.settings.clear();
  vscode.workspace.isTrusted = true;
});

describe('what is known without a run', () => {
  it('is asked for once for each text, also by hovers that do not wait for each other', async () => {
    expect(await Promise.all([inspections.of(FILE, 'One'), inspections.of(FILE, 'One')])).toEqual([found, found]);
    await inspections.of(FILE, 'Two');
    expect(asked()).toEqual([
      [FILE, 'One'],
      [FILE, 'Two'],
    ]);
  });

  it('is asked for again after an edit of any file, which may be imported', async () => {
    await inspections.of(FILE, 'One');
    edit(new FakeDocument('', '/lab/helper.ts'));
    await inspections.of(FILE, 'One');
    expect(asked()).toHaveLength(2);
  });

  it('stays through what is no edit of a file', async () => {
    await inspections.of(FILE, 'One');
    edit(new FakeDocument(''), []);
    edit({ uri: { scheme: 'output' } });
    await inspections.of(FILE, 'One');
    expect(asked()).toHaveLength(1);
  });

  it('is asked for again after a minute, since files may change unseen', async () => {
    await inspections.of(FILE, 'One');
    vi.advanceTimersByTime(59_000);
    await inspections.of(FILE, 'One');
    expect(asked()).toHaveLength(1);
    vi.advanceTimersByTime(2000);
    await inspections.of(FILE, 'One');
    expect(asked()).toHaveLength(2);
  });

  it.each([
    ['in a workspace that is not trusted', () => void (vscode.workspace.isTrusted = false)],
    ['where the setting says so', () => void vscode.settings.set('inspectOnHover', false)],
  ])('is nothing %s', async (_, forbid) => {
    await inspections.of(FILE, 'One');
    inspect.mockClear();
    forbid();
    expect(await inspections.of(FILE, 'One')).toBeNull();
    expect(await inspections.of(FILE, 'Two')).toBeNull();
    expect(asked()).toEqual([]);
  });
});

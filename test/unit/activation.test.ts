import { beforeEach, expect, it, vi } from 'vitest';
import type { ExtensionContext, WebviewPanel } from 'vscode';
import { manifest } from './manifest.ts';

interface Document {
  uri: { scheme: string; path: string };
}

/** As much of VS Code as the activation touches. */
const editor = vi.hoisted(() => {
  const commands = new Map<string, (...args: unknown[]) => unknown>();
  return {
    commands,
    documents: [] as Document[],
    trees: new Map<string, { getChildren(): Promise<unknown> }>(),
    tests: { resolveHandler: undefined as (() => Promise<void>) | undefined },
    opened: [] as ((document: Document) => Promise<void>)[],
    serializers: new Map<string, { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> }>(),
    register(command: string, action: (...args: unknown[]) => unknown) {
      if (commands.has(command)) throw new Error(`command '${command}' already exists`);
      commands.set(command, action);
      return { dispose: () => commands.delete(command) };
    },
  };
});

vi.mock('vscode', () => ({
  EventEmitter: class {
    fire() {}
    dispose() {}
  },
  Disposable: { from: (...all: { dispose(): void }[]) => ({ dispose: () => void all.map((one) => one.dispose()) }) },
  commands: {
    registerCommand: editor.register,
    executeCommand: async (command: string, ...args: unknown[]) => editor.commands.get(command)?.(...args),
  },
  workspace: {
    get textDocuments() {
      return editor.documents;
    },
    onDidOpenTextDocument(listener: (document: Document) => Promise<void>) {
      editor.opened.push(listener);
      return { dispose: () => editor.opened.splice(editor.opened.indexOf(listener), 1) };
    },
  },
  tests: { createTestController: () => editor.tests },
  window: {
    registerTreeDataProvider(view: string, provider: { getChildren(): Promise<unknown> }) {
      editor.trees.set(view, provider);
      return { dispose() {} };
    },
    registerWebviewPanelSerializer(
      type: string,
      serializer: { deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void> },
    ) {
      editor.serializers.set(type, serializer);
      return { dispose() {} };
    },
  },
}));

const restore = vi.fn(async (_panel: unknown, _state: unknown) => {});
const restoreTable = vi.fn(async (_panel: unknown, _state: unknown) => {});
const run = vi.fn((...args: unknown[]) => args.length);
const find = vi.fn(async () => {});
const start = vi.fn((_context: unknown, tests: typeof editor.tests) => {
  tests.resolveHandler = find;
  editor.register('depthLab.run', run);
  return {
    serializers: {
      'depthLab.results': { deserializeWebviewPanel: restore },
      'depthLab.experiments': { deserializeWebviewPanel: restoreTable },
    },
    experiments: { getChildren: async () => ['a file'] },
  };
});
vi.mock('../../extension/main.ts', () => ({ start }));

const { activate } = await import('../../extension/activation.ts');

const document = (path: string, scheme = 'file'): Document => ({ uri: { scheme, path } });

async function activated(...open: Document[]): Promise<void> {
  editor.documents = open;
  const packageJSON = { contributes: { commands: [{ command: 'depthLab.run' }] } };
  await activate({ subscriptions: [], extension: { packageJSON } } as unknown as ExtensionContext);
}

beforeEach(() => {
  vi.clearAllMocks();
  editor.commands.clear();
  editor.opened.length = 0;
});

it('leaves the extension unloaded where no lab file is open', async () => {
  await activated(document('/project/main.ts'), document('/a.lab.ts', 'git'));
  for (const listener of editor.opened) await listener(document('/project/other.ts'));
  expect(start).not.toHaveBeenCalled();
});

it('loads the extension at once where a lab file is open', async () => {
  await activated(document('/project/main.ts'), document('/project/a.lab.mts'));
  expect(start).toHaveBeenCalledTimes(1);
});

it('loads the extension once, with the first lab file that opens', async () => {
  await activated();
  const [listener] = editor.opened;
  await Promise.all([listener(document('/a.lab.ts')), listener(document('/b.lab.js'))]);
  expect(start).toHaveBeenCalledTimes(1);
  expect(editor.opened).toEqual([]);
});

it('passes a command that is called first on to the extension', async () => {
  await activated();
  expect(await editor.commands.get('depthLab.run')?.('a', 'b')).toBe(2);
  expect(run).toHaveBeenCalledWith('a', 'b');
  expect(editor.commands.get('depthLab.run')).toBe(run);
});

it('passes panels of an earlier window on to the extension', async () => {
  await activated();
  const [panel, table] = [{} as WebviewPanel, {} as WebviewPanel];
  await editor.serializers.get('depthLab.results')?.deserializeWebviewPanel(panel, { file: '/a.lab.ts' });
  expect(restore).toHaveBeenCalledWith(panel, { file: '/a.lab.ts' });
  await editor.serializers.get('depthLab.experiments')?.deserializeWebviewPanel(table, {});
  expect(restoreTable).toHaveBeenCalledWith(table, {});
});

it('loads the extension when the Test Explorer is looked at', async () => {
  await activated();
  await editor.tests.resolveHandler?.();
  expect(start).toHaveBeenCalledTimes(1);
  expect(start.mock.calls[0][1]).toBe(editor.tests);
  expect(find).toHaveBeenCalledTimes(1);
});

it('loads the extension when its view in the activity bar is looked at', async () => {
  await activated();
  expect(start).not.toHaveBeenCalled();
  expect(await editor.trees.get('depthLab.experiments')?.getChildren()).toEqual(['a file']);
});

it('is woken by what it registers for', () => {
  expect(manifest.activationEvents).toEqual([
    'onLanguage:typescript',
    'onLanguage:javascript',
    'workspaceContains:**/*.lab.{ts,mts,js,mjs}',
    'onWebviewPanel:depthLab.results',
    'onWebviewPanel:depthLab.experiments',
  ]);
});

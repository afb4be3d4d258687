import { beforeEach, expect, it, vi } from 'vitest';
import { readManifest } from '../manifest.ts';

interface Choice {
  label: string;
  description?: string;
  detail: string;
}

/** As much of VS Code as the command touches. */
const editor = vi.hoisted(() => ({
  command: async (): Promise<void> => {},
  folders: undefined as unknown[] | undefined,
  offered: [] as Choice[],
  /** What the user chooses, by its label. */
  answer: undefined as string | undefined,
  updates: [] as unknown[][],
}));

vi.mock('vscode', () => ({
  ConfigurationTarget: { Global: 'user settings', Workspace: 'workspace' },
  commands: { registerCommand: (_name: string, command: typeof editor.command) => (editor.command = command) },
  window: {
    showQuickPick: async (choices: Choice[]) => {
      editor.offered = choices;
      return choices.find(({ label }) => label === editor.answer);
    },
  },
  workspace: {
    get workspaceFolders() {
      return editor.folders;
    },
    getConfiguration: () => ({
      get: (name: string) => (name === 'engine' ? 'cpu' : null),
      update: async (...update: unknown[]) => editor.updates.push(update),
    }),
  },
}));

const { registerSelectEngine } = await import('../../../extension/editor/selectEngine.ts');

beforeEach(() => {
  editor.updates = [];
  editor.answer = undefined;
  const extension = { packageJSON: readManifest() };
  registerSelectEngine({ extension } as Parameters<typeof registerSelectEngine>[0]);
});

it('offers what the setting allows, in the words of its declaration, and marks what is in force', async () => {
  await editor.command();
  expect(editor.offered.map(({ label, description }) => [label, description])).toEqual([
    ['auto', undefined],
    ['cpu', 'as now'],
    ['gpu', undefined],
  ]);
  for (const { detail } of editor.offered) expect(detail).toMatch(/^(Use|Train) [^`]+\.$/);
  expect(editor.updates).toEqual([]);
});

it.each([
  ['workspace', [{}]],
  ['user settings', undefined],
])('keeps the answer in the %s', async (target, folders) => {
  editor.folders = folders;
  editor.answer = 'gpu';
  await editor.command();
  expect(editor.updates).toEqual([['engine', 'gpu', target]]);
});

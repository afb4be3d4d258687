import { describe, expect, it } from 'vitest';
import { LabTools, type LabToolsOptions } from '../../../../extension/editor/languageModel/labTools.ts';
import { type ExperimentView, idleRecord } from '../../../../extension/runs/record.ts';
import { grid } from '../../runs/events.ts';

type Listener = Parameters<LabToolsOptions['subscribe']>[0];

const file = '/lab/a.lab.ts';
const named = { file: 'a.lab.ts', experiment: 'One' };
const row = { file, path: 'a.lab.ts', experiment: 'One', line: 3, latest: null };
const never = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };

function setUp(changes: Partial<LabToolsOptions> = {}) {
  const listeners = new Set<Listener>();
  const state = { view: idleRecord(file, 'One').view as ExperimentView, stopped: 0, begun: 0 };
  const become = (status: ExperimentView['status']) => {
    state.view = { ...state.view, grid: grid(), status };
    for (const listener of listeners) listener(file, 'One', { type: 'choices', choices: [] });
  };
  const tools = new LabTools({
    isTrusted: () => true,
    rows: async () => [row],
    view: () => state.view,
    stored: async () => null,
    begin: async () => {
      state.begun++;
      become('loading');
      return true;
    },
    stop: () => {
      state.stopped++;
      become('canceled');
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
    ...changes,
  });
  return { tools, state, become, listeners };
}

describe('tools of language models', () => {
  it('list experiments by their paths in the workspace', async () => {
    expect(JSON.parse(await setUp().tools.list())).toEqual([
      { file: 'a.lab.ts', experiment: 'One', line: 3, latest: null },
    ]);
  });

  it('run one, and wait for its end', async () => {
    const { tools, state, become, listeners } = setUp();
    let isOver = false;
    const running = tools.run(named, never).then((text) => {
      isOver = true;
      return text;
    });
    while (state.begun === 0) await Promise.resolve();
    become('running');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(isOver).toBe(false);
    become('finished');
    expect(JSON.parse(await running)).toMatchObject({ ...named, status: 'finished' });
    expect(listeners.size).toBe(0);
  });

  it('stop a run that is cancelled', async () => {
    const { tools, state } = setUp();
    const token = { ...never, isCancellationRequested: true };
    expect(JSON.parse(await tools.run(named, token))).toMatchObject({ status: 'canceled' });
    expect(state.stopped).toBe(1);
  });

  it('do nothing in a workspace that is not trusted', async () => {
    const { tools, state } = setUp({ isTrusted: () => false });
    for (const use of [() => tools.list(), () => tools.run(named, never), () => tools.read(named)]) {
      await expect(use()).rejects.toThrow('not trusted');
    }
    expect(state.begun).toBe(0);
  });

  it('run nothing that is not an experiment of the workspace', async () => {
    const { tools, state } = setUp();
    await expect(tools.run({ file: '/etc/other.lab.ts', experiment: 'One' }, never)).rejects.toThrow(
      "There are: 'One' of a.lab.ts.",
    );
    expect(state.begun).toBe(0);
  });

  it('are used by name, with an input of the right form', async () => {
    const { tools, become } = setUp();
    become('finished');
    expect(JSON.parse(await tools.use('depthLab_readResults', named, never))).toMatchObject({ status: 'finished' });
    expect(JSON.parse(await tools.use('depthLab_listExperiments', {}, never))).toHaveLength(1);
    await expect(tools.use('depthLab_runExperiment', { file: 3 }, never)).rejects.toThrow('The input must be');
  });

  it('say that a file was not saved', async () => {
    const { tools } = setUp({ begin: async () => false });
    await expect(tools.run(named, never)).rejects.toThrow('not saved');
  });

  it('read what this window knows, otherwise what is stored', async () => {
    const { tools, become } = setUp();
    await expect(tools.read(named)).rejects.toThrow('run it first');
    become('finished');
    expect(JSON.parse(await tools.read(named))).toMatchObject({ status: 'finished' });
    const stored = { ...idleRecord(file, 'One').view, grid: grid(), status: 'canceled' as const };
    const other = setUp({ stored: async () => stored }).tools;
    expect(JSON.parse(await other.read(named))).toMatchObject({ status: 'canceled' });
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WebviewPanel } from 'vscode';
import type { HistoryEntry } from '../../../extension/report/history.ts';
import type { ViewMessage } from '../../../extension/report/view.ts';
import type { ResultsSource } from '../../../extension/runs/resultsSource.ts';
import { view } from '../webview/fixtures.ts';

/** As much of VS Code as the panel touches, with its panels at hand. */
const editor = vi.hoisted(() => {
  class Page {
    sent: ViewMessage[] = [];
    html = '';
    options = {};
    cspSource = "'self'";
    receive: (data: unknown) => void = () => {};
    postMessage(message: ViewMessage) {
      this.sent.push(message);
    }
    onDidReceiveMessage(listener: (data: unknown) => void) {
      this.receive = listener;
    }
    asWebviewUri(uri: { path: string }) {
      return { toString: () => `https://page${uri.path}` };
    }
  }
  class Panel {
    webview = new Page();
    visible = true;
    title = '';
    iconPath: unknown;
    reveals = 0;
    private changed: () => void = () => {};
    private disposed: () => void = () => {};
    constructor(
      readonly place: unknown,
      readonly options: Record<string, unknown>,
    ) {}
    onDidChangeViewState(listener: () => void) {
      this.changed = listener;
    }
    onDidDispose(listener: () => void) {
      this.disposed = listener;
    }
    reveal() {
      this.reveals++;
      this.setVisible(true);
    }
    dispose() {
      this.disposed();
    }
    setVisible(visible: boolean) {
      this.visible = visible;
      this.changed();
    }
  }
  const panels: Panel[] = [];
  return { Panel, panels };
});

vi.mock('vscode', () => ({
  EventEmitter: class {
    private readonly listeners: (() => void)[] = [];
    readonly event = (listener: () => void) => this.listeners.push(listener);
    fire() {
      for (const listener of this.listeners) listener();
    }
    dispose() {}
  },
  ViewColumn: { One: 1, Beside: -2 },
  Uri: { joinPath: (base: { path: string }, ...parts: string[]) => ({ path: [base.path, ...parts].join('/') }) },
  window: {
    createWebviewPanel: (_type: string, _title: string, place: unknown, options: Record<string, unknown>) => {
      const panel = new editor.Panel(place, options);
      editor.panels.push(panel);
      return panel;
    },
  },
}));

const { PinnedRuns } = await import('../../../extension/runs/pinned.ts');
const { ResultsPanel } = await import('../../../extension/panel/panel.ts');

const file = '/lab/small.lab.ts';
let tell: (file: string, experiment: string, message: ViewMessage) => void;
const run = vi.fn<ResultsSource['run']>();
const stop = vi.fn<ResultsSource['stop']>();
let source: ResultsSource;
let pinned: InstanceType<typeof PinnedRuns>;
/** The keys of the pinned runs. */
let pins: string[];

function open(): InstanceType<typeof ResultsPanel> {
  const context = { extensionUri: { path: '/extension' } };
  return new ResultsPanel(context as unknown as ConstructorParameters<typeof ResultsPanel>[0], source, pinned);
}

beforeEach(() => {
  pins = [];
  pinned = new PinnedRuns({
    history: async () => pins.map((key) => ({ key, isPinned: true, date: 1, text: '' }) as HistoryEntry),
    recallRecord: async (_file, experiment) => ({ view: view({ experiment }), sources: [], data: [] }),
  });
  vi.clearAllMocks();
  editor.panels.length = 0;
  source = {
    view: (_, experiment) => view({ experiment }),
    choices: () => [{ file, experiment: 'small', status: 'idle' }],
    subscribe: (listener) => {
      tell = listener;
      return { dispose() {} };
    },
    run,
    stop,
  };
});

const claimed: ViewMessage = { type: 'claimed', claims: [] };
const types = (panel = editor.panels[0]) => panel.webview.sent.map((message) => message.type);

const status: ViewMessage = {
  type: 'status',
  status: 'running',
  failure: null,
  seconds: null,
  finishedAt: null,
  stale: false,
};

describe('the results panel', () => {
  it('opens beside the editor, without taking the keyboard, and is not kept alive while hidden', () => {
    open().show(file, 'small');
    expect(editor.panels[0].place).toEqual({ viewColumn: -2, preserveFocus: true });
    expect(editor.panels[0].options.retainContextWhenHidden).toBeUndefined();
    expect(editor.panels[0].title).toBe('Depth Lab: small');
  });

  it('says nothing before its page listens, and then everything', () => {
    open().show(file, 'small');
    tell(file, 'small', claimed);
    expect(types()).toEqual([]);
    editor.panels[0].webview.receive({ type: 'ready' });
    tell(file, 'small', claimed);
    expect(types()).toEqual(['view', 'claimed']);
  });

  it('sends nothing while hidden, and the whole view when its page is back', () => {
    open().show(file, 'small');
    const [panel] = editor.panels;
    panel.webview.receive({ type: 'ready' });
    panel.setVisible(false);
    tell(file, 'small', claimed);
    panel.setVisible(true);
    tell(file, 'small', claimed);
    expect(types()).toEqual(['view']);
    panel.webview.receive({ type: 'ready' });
    expect(types()).toEqual(['view', 'view']);
  });

  it('keeps news of other experiments to itself, but for one list of choices', async () => {
    open().show(file, 'small');
    editor.panels[0].webview.receive({ type: 'ready' });
    tell(file, 'other', claimed);
    for (let i = 0; i < 1000; i++) tell(file, `other ${i}`, status);
    await expect.poll(types).toEqual(['view', 'choices']);
  });

  it('sends the pinned runs when they are read, and again with each whole view', async () => {
    pins = ['a', 'b'];
    open().show(file, 'small');
    const [panel] = editor.panels;
    panel.webview.receive({ type: 'ready' });
    await expect.poll(types).toEqual(['view', 'pinned']);
    expect(panel.webview.sent.at(-1)).toMatchObject({ pinned: [{ key: 'a' }, { key: 'b' }] });
    panel.webview.receive({ type: 'ready' });
    await expect.poll(types).toEqual(['view', 'pinned', 'view', 'pinned']);
  });

  it('is one: a second experiment takes the place of the first', () => {
    const results = open();
    results.show(file, 'small');
    const [panel] = editor.panels;
    panel.webview.receive({ type: 'ready' });
    results.show(file, 'other');
    results.show(file, 'other');
    expect(editor.panels).toHaveLength(1);
    expect(panel.webview.sent.map((message) => message.type === 'view' && message.view?.experiment)).toEqual([
      'small',
      'other',
    ]);
  });

  it('passes on what the reader asks for, and nothing malformed', () => {
    open().show(file, 'small');
    const { webview } = editor.panels[0];
    webview.receive({ type: 'run' });
    webview.receive({ type: 'stop' });
    webview.receive({ type: 'run', file: '/elsewhere' });
    webview.receive('run');
    webview.receive({ type: 'select', file, experiment: 'other' });
    webview.receive({ type: 'run' });
    expect(run.mock.calls).toEqual([
      [file, 'small'],
      [file, 'other'],
    ]);
    expect(stop.mock.calls).toEqual([[file, 'small']]);
  });

  it('tells which experiment can be seen in it, and when that changes', () => {
    const results = open();
    const seen: (string | undefined)[] = [];
    results.onDidChange(() => seen.push(results.onView?.experiment));
    results.show(file, 'small');
    results.show(file, 'other');
    editor.panels[0].setVisible(false);
    editor.panels[0].setVisible(true);
    editor.panels[0].dispose();
    expect(seen).toEqual(['small', 'other', undefined, 'other', undefined]);
  });

  it('opens anew after it was closed', () => {
    const results = open();
    results.show(file, 'small');
    editor.panels[0].dispose();
    results.show(file, 'small');
    expect(editor.panels).toHaveLength(2);
  });

  it('comes back after a reload with the experiment it showed', async () => {
    const restored = new editor.Panel(null, {});
    await open().deserializeWebviewPanel(restored as unknown as WebviewPanel, { file, experiment: 'kept' });
    restored.webview.receive({ type: 'ready' });
    expect(restored.title).toBe('Depth Lab: kept');
    expect(restored.webview.sent[0]).toMatchObject({ type: 'view', view: { experiment: 'kept' } });
  });

  it('shows the first experiment that becomes known where the page could not say which one it showed', async () => {
    let known: ReturnType<ResultsSource['choices']> = [];
    source.choices = () => known;
    const restored = new editor.Panel(null, {});
    await open().deserializeWebviewPanel(restored as unknown as WebviewPanel, undefined);
    restored.webview.receive({ type: 'ready' });
    expect(restored.webview.sent[0]).toMatchObject({ type: 'view', view: null });
    known = [{ file, experiment: 'small', status: 'idle' }];
    tell(file, '', { type: 'choices', choices: known });
    expect(restored.title).toBe('Depth Lab: small');
    expect(restored.webview.sent).toContainEqual(
      expect.objectContaining({ type: 'view', view: view({ experiment: 'small' }) }),
    );
  });
});

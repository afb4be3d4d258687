import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TextDocument } from 'vscode';
import { TrackedDocument } from '../../../extension/editor/trackedDocument.ts';
import { labFile, small } from '../../labFiles.ts';
import { FakeDocument } from './fakeVscode.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
});

async function tracked(text: string) {
  const document = new FakeDocument(text);
  const updates = { count: 0 };
  const one = new TrackedDocument(document as unknown as TextDocument, function* () {
    updates.count++;
    yield;
  });
  await one.settledSoon();
  return { document, one, updates };
}

/** Types letters at the start of the text, some milliseconds apart. */
async function type({ document, one }: Awaited<ReturnType<typeof tracked>>, count: number, apart: number) {
  for (let i = 0; i < count; i++) {
    document.text = `/${document.text}`;
    one.edit([{ from: 0, to: 0, length: 1 }]);
    await vi.advanceTimersByTimeAsync(apart);
  }
}

describe('a document that is typed into', () => {
  it('is looked at when the typing pauses, not with every letter', async () => {
    const all = await tracked(labFile(small()));
    const { document, one, updates } = all;
    const before = document.reads;
    await type(all, 100, 5);
    expect(document.reads).toBe(before);
    expect(one.isCurrent).toBe(false);
    await vi.advanceTimersByTimeAsync(30);
    await one.settled();
    expect(document.reads).toBe(before + 1);
    expect(updates.count).toBe(2);
    expect(one.named[0]?.range.start.offset).toBe(document.text.indexOf('experiment('));
  });

  it('is looked at only when the typing has stopped if it is large, whoever asks', async () => {
    const all = await tracked(labFile(small(), `const data = [${'0.25, '.repeat(40_000)}];`));
    const { document, one } = all;
    const before = document.reads;
    await type(all, 20, 100);
    const asked = one.settled();
    await type(all, 1, 200);
    expect(document.reads).toBe(before);
    await vi.advanceTimersByTimeAsync(150);
    await asked;
    expect(document.reads).toBe(before + 1);
  });

  it('is looked at once for all who ask', async () => {
    const all = await tracked(labFile(small()));
    const before = all.document.reads;
    await type(all, 1, 0);
    await Promise.all([all.one.settled(), all.one.settledSoon(), all.one.settled()]);
    expect(all.document.reads).toBe(before + 1);
  });

  it('keeps nobody waiting when it is closed', async () => {
    const all = await tracked(labFile(small()));
    await type(all, 1, 0);
    const asked = all.one.settled();
    all.one.dispose();
    await expect(asked).resolves.toBeUndefined();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { scheduler } from '../../../webview/schedule.ts';

/** Milliseconds between two frames of a page that paints at once. */
const FRAME = 16;

/** The drawings: when they were, and whether somebody waited for them. */
let drawings: { at: number; isUrgent: boolean }[] = [];
/** How much later than usual the frame after a drawing comes, because the page still paints. */
let painting = 0;
let frames = 0;

beforeEach(() => {
  vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  drawings = [];
  painting = frames = 0;
  vi.stubGlobal('requestAnimationFrame', (callback: (now: number) => void) => {
    frames++;
    const isAfterDrawing = drawings.at(-1)?.at === performance.now();
    setTimeout(() => callback(performance.now()), FRAME + (isAfterDrawing ? painting : 0));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const started = () => scheduler((isUrgent) => drawings.push({ at: performance.now(), isUrgent }));

describe('a drawing', () => {
  it('is one for all that is asked for before it', () => {
    const { later, now } = started();
    for (let i = 0; i < 5; i++) later();
    now();
    vi.advanceTimersByTime(1000);
    expect(drawings).toEqual([{ at: FRAME, isUrgent: true }]);
  });

  it('of data waits as long as the page was busy with the last one, painting included', () => {
    painting = 84;
    const { later } = started();
    // Data come all the time.
    for (let time = 0; time < 2000; time += 4) {
      later();
      vi.advanceTimersByTime(4);
    }
    const gaps = drawings.slice(1).map(({ at }, i) => at - drawings[i].at);
    expect(gaps.length).toBeGreaterThan(5);
    // 100 ms of drawing and painting, as long a rest, and the wait for a frame.
    for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(200);
    for (const gap of gaps) expect(gap).toBeLessThan(200 + FRAME + 8);
  });

  it('asks for no frame while it rests', () => {
    painting = 484;
    const { later } = started();
    later();
    vi.advanceTimersByTime(FRAME);
    later();
    const before = frames;
    vi.advanceTimersByTime(990);
    expect(frames).toBe(before);
    vi.advanceTimersByTime(100);
    expect(drawings).toHaveLength(2);
  });

  it('that the user waits for does not rest', () => {
    painting = 484;
    const { later, now } = started();
    later();
    vi.advanceTimersByTime(FRAME);
    later();
    vi.advanceTimersByTime(100);
    now();
    vi.advanceTimersByTime(FRAME);
    expect(drawings.map(({ isUrgent }) => isUrgent)).toEqual([false, true]);
    vi.advanceTimersByTime(5000);
    expect(drawings).toHaveLength(2);
  });

  it('comes in the end, whatever came before it', () => {
    const { later } = started();
    later();
    vi.advanceTimersByTime(FRAME + 1);
    later();
    vi.advanceTimersByTime(1000);
    expect(drawings).toHaveLength(2);
  });
});

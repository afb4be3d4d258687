import type { GridPlan } from '../extension/report/grid.ts';
import { html, setText } from './dom.ts';
import { pauseIcon, runIcon } from './icons.ts';
import { placeText, type TimeAxis } from './timeAxis.ts';

/** Seconds that playing takes from the start to the end. */
const SECONDS = 6;
/** Without motion, playing shows this many moments, one each half second. */
const MOMENTS = 12;

/** One slider for all tiles: it scrubs through training, or plays it. */
export function createTimeline(move: (moment: number | null) => void) {
  const play = html(
    'button',
    { type: 'button', class: 'tool play', 'aria-label': 'Play the training', title: 'Play the training' },
    runIcon(),
  );
  const slider = html('input', {
    type: 'range',
    class: 'scrub',
    min: 0,
    max: 1,
    step: 1,
    'aria-label': 'Moment of the training',
  });
  const words = html('output', { class: 'moment' });
  const element = html('footer', { class: 'timeline', 'aria-label': 'Time' }, play, slider, words);
  let axis: TimeAxis | null = null;
  let frame = 0;
  let playing: { since: number; from: number } | null = null;

  const last = () => Math.max(0, (axis?.stops.length ?? 1) - 1);

  function set(position: number): void {
    if (!axis) return;
    const stop = Math.max(0, Math.min(last(), Math.round(position)));
    slider.value = String(stop);
    move(stop >= last() ? null : (axis.stops[stop] ?? null));
  }

  function stopPlaying(): void {
    cancelAnimationFrame(frame);
    if (!playing) return;
    playing = null;
    play.replaceChildren(runIcon());
    play.setAttribute('aria-label', 'Play the training');
  }

  function tick(now: number): void {
    if (!playing) return;
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const seconds = (now - playing.since) / 1000;
    const steps = isStill ? Math.floor(seconds / (SECONDS / MOMENTS)) / MOMENTS : seconds / SECONDS;
    const position = playing.from + steps * last();
    if (Math.round(position) !== Number(slider.value)) set(position);
    if (position >= last()) stopPlaying();
    else frame = requestAnimationFrame(tick);
  }

  play.addEventListener('click', () => {
    if (playing) return stopPlaying();
    const at = Number(slider.value);
    playing = { since: performance.now(), from: at >= last() ? 0 : at };
    play.replaceChildren(pauseIcon());
    play.setAttribute('aria-label', 'Pause');
    frame = requestAnimationFrame(tick);
  });
  slider.addEventListener('input', () => {
    stopPlaying();
    set(Number(slider.value));
  });

  return {
    element,
    stop: stopPlaying,
    update(grid: GridPlan, next: TimeAxis): void {
      axis = next;
      const { stops, moment, abscissa } = next;
      element.hidden = stops.length < 3;
      slider.max = String(last());
      const position =
        moment === null
          ? last()
          : Math.max(
              0,
              stops.findIndex((stop) => stop >= moment),
            );
      if (document.activeElement !== slider || Number(slider.value) !== position) slider.value = String(position);
      const end = abscissa === 'step' ? (grid.steps ?? stops.at(-1)) : stops.at(-1);
      const text =
        moment === null
          ? `end of each run`
          : `${placeText(abscissa, moment)} of ${placeText(abscissa, end ?? 0).replace(/^(step |t = )/, '')}`;
      setText(words, text);
      slider.setAttribute('aria-valuetext', text);
    },
  };
}

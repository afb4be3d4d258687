import type { WebviewMessage } from '../extension/panel/protocol.ts';
import { html, setText } from './dom.ts';
import { notesOf } from './notes.ts';
import type { Experiment } from './state.ts';

/** A claim with its outcome; `null` while it has not been evaluated. */
interface Verdict {
  claim: string;
  holds: boolean | null;
  error: string | null;
}

/** The claims in the grid's order, evaluated or not. */
export function verdicts({ grid, claims }: Pick<Experiment, 'grid' | 'claims'>): Verdict[] {
  const known = new Map(claims.map((one) => [one.claim, one]));
  const names = [...new Set([...(grid?.claims ?? []), ...known.keys()])];
  return names.map((claim) => known.get(claim) ?? { claim, holds: null, error: null });
}

const marks = { holds: '✓', fails: '✗', open: '○' } as const;
const outcome = ({ holds }: Verdict) => (holds === null ? 'open' : holds ? 'holds' : 'fails');
const spoken = { holds: 'holds', fails: 'does not hold', open: 'not evaluated yet' } as const;

/** Says how the claims stand, for example `2 of 3 claims hold`. */
export function verdictSummary(all: readonly Verdict[]): string {
  const holding = all.filter((one) => one.holds).length;
  const noun = all.length === 1 ? 'claim' : 'claims';
  if (all.every((one) => one.holds === null)) return `${all.length} ${noun} to check`;
  if (holding === all.length) return all.length === 1 ? 'the claim holds' : `all ${all.length} claims hold`;
  return `${holding} of ${all.length} ${noun} ${holding === 1 ? 'holds' : 'hold'}`;
}

function claimItem(one: Verdict): HTMLElement {
  const state = outcome(one);
  const mark = html('span', { class: `mark ${state}`, role: 'img', 'aria-label': spoken[state] }, marks[state]);
  const item = html('li', {}, mark, html('span', {}, one.claim));
  if (one.error) item.append(html('span', { class: 'claim-error' }, one.error));
  return item;
}

/** The finding in one sentence, the claims below it, and what went wrong, with a way to its place. */
export function createFinding(send: (message: WebviewMessage) => void) {
  const sentence = html('p', { class: 'sentence', 'aria-live': 'polite' });
  const markRow = html('span', { class: 'marks', 'aria-hidden': 'true' });
  const summary = html('span');
  const list = html('ul', { class: 'claims' });
  const claims = html('details', { class: 'claim-details' }, html('summary', {}, markRow, summary), list);
  const notes = html('ul', { class: 'notes' });
  const failure = html('div', { class: 'failure', role: 'alert' });
  const element = html('section', { class: 'finding', 'aria-label': 'Finding' }, failure, sentence, claims, notes);
  let shownClaims = '';
  let shownFailure = '';

  function showFailure({ failure: wrong }: Experiment): void {
    const text = JSON.stringify(wrong);
    if (text === shownFailure) return;
    shownFailure = text;
    failure.replaceChildren();
    failure.hidden = wrong === null;
    if (!wrong) return;
    failure.append(html('p', { class: 'failure-message' }, wrong.message));
    if (wrong.hint) failure.append(html('p', {}, wrong.hint));
    const { file, line, column } = wrong;
    if (!file) return;
    const link = html(
      'button',
      { class: 'link', type: 'button', title: file },
      `${file.split(/[\\/]/).pop()}:${line}:${column}`,
    );
    link.addEventListener('click', () => send({ type: 'reveal', file, line, column }));
    failure.append(link);
  }

  function showClaims(experiment: Experiment): void {
    const all = verdicts(experiment);
    const text = JSON.stringify(all);
    if (text === shownClaims) return;
    shownClaims = text;
    claims.hidden = all.length === 0;
    if (all.length === 0) return;
    markRow.replaceChildren(
      ...all.map((one) => html('span', { class: `mark ${outcome(one)}`, title: one.claim }, marks[outcome(one)])),
    );
    setText(summary, verdictSummary(all));
    list.replaceChildren(...all.map(claimItem));
    // A claim that fails is news: it is opened; that all hold is said by the marks alone.
    if (all.some((one) => one.holds === false)) claims.open = true;
  }

  return {
    element,
    update(experiment: Experiment): void {
      setText(sentence, experiment.summary?.sentence ?? '');
      sentence.hidden = !experiment.summary;
      showClaims(experiment);
      showFailure(experiment);
      const texts = notesOf(experiment);
      notes.hidden = texts.length === 0;
      if (texts.join('\n') !== [...notes.children].map((item) => item.textContent).join('\n')) {
        notes.replaceChildren(...texts.map((note) => html('li', {}, note)));
      }
    },
  };
}

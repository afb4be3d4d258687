import type { WebviewMessage } from '../extension/panel/protocol.ts';
import { shownName, shownText } from '../extension/report/shownName.ts';
import { html, setText } from './dom.ts';
import { notesOf } from './notes.ts';
import type { Experiment } from './state.ts';
import { type Verdict, verdictSummary, verdicts } from './verdicts.ts';

const marks = { holds: '✓', fails: '✗', open: '○' } as const;
const outcome = ({ holds }: Verdict) => (holds === null ? 'open' : holds ? 'holds' : 'fails');
const spoken = { holds: 'holds', fails: 'does not hold', open: 'not evaluated yet' } as const;

function claimItem(one: Verdict): HTMLElement {
  const state = outcome(one);
  const mark = html('span', { class: `mark ${state}`, role: 'img', 'aria-label': spoken[state] }, marks[state]);
  const item = html('li', {}, mark, html('span', {}, shownName(one.claim, 200)));
  if (one.error) item.append(html('span', { class: 'claim-error' }, shownText(one.error)));
  return item;
}

/** The finding in one sentence, the claims below it, and failures with links to their places. */
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
    failure.append(html('p', { class: 'failure-message' }, shownText(wrong.message)));
    if (wrong.hint) failure.append(html('p', {}, shownText(wrong.hint)));
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
      ...all.map((one) =>
        html('span', { class: `mark ${outcome(one)}`, title: shownName(one.claim, 200) }, marks[outcome(one)]),
      ),
    );
    setText(summary, verdictSummary(all));
    list.replaceChildren(...all.map(claimItem));
  }

  return {
    element,
    update(experiment: Experiment): void {
      setText(sentence, shownText(experiment.summary?.sentence ?? ''));
      sentence.hidden = !experiment.summary;
      showClaims(experiment);
      showFailure(experiment);
      const texts = notesOf(experiment).map((note) => shownText(note));
      notes.hidden = texts.length === 0;
      if (texts.join('\n') !== [...notes.children].map((item) => item.textContent).join('\n')) {
        notes.replaceChildren(...texts.map((note) => html('li', {}, note)));
      }
    },
  };
}

import type { WebviewMessage } from '../extension/panel/protocol.ts';
import { claimNumbers } from '../extension/report/claimText.ts';
import { shownName, shownText } from '../extension/report/shownName.ts';
import { html, setText } from './dom.ts';
import { typeset } from './format.ts';
import { notesOf } from './notes.ts';
import { sentencesOf } from './sentences.ts';
import type { Experiment } from './state.ts';
import { shortNumbers, type Verdict, verdicts } from './verdicts.ts';

const marks = { holds: '✓', fails: '✗', open: '○' } as const;
const outcome = ({ holds }: Verdict) => (holds === null ? 'open' : holds ? 'holds' : 'fails');
const spoken = { holds: 'holds', fails: 'does not hold', open: 'not evaluated yet' } as const;

function claimItem(one: Verdict): HTMLElement {
  const state = outcome(one);
  const mark = html('span', { class: `mark ${state}`, role: 'img', 'aria-label': spoken[state] }, marks[state]);
  const item = html('li', { class: `claim ${state}` }, mark, html('span', {}, shownName(one.claim, 200)));
  const short = shortNumbers(one);
  if (short) item.append(html('span', { class: 'claim-numbers' }, short));
  const numbers = claimNumbers(one, typeset);
  if (numbers) item.title = shownText(numbers);
  if (one.error) item.append(html('span', { class: 'claim-error' }, shownText(one.error)));
  return item;
}

/**
 * The finding in two short sentences, the claims below it, details on demand, and failures with links to their places.
 */
export function createFinding(send: (message: WebviewMessage) => void) {
  const sentence = html('p', { class: 'sentence', 'aria-live': 'polite' });
  const second = html('p', { class: 'second' });
  const list = html('ul', { class: 'claims', 'aria-label': 'Claims' });
  const engineNotes = html('ul', { class: 'notes', 'aria-label': 'Notes' });
  const notes = html('ul', { class: 'notes' });
  const summary = html('summary');
  const details = html('details', { class: 'more' }, summary, notes);
  const failure = html('div', { class: 'failure', role: 'alert' });
  const element = html(
    'section',
    { class: 'finding', 'aria-label': 'Finding' },
    failure,
    sentence,
    second,
    list,
    engineNotes,
    details,
  );
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
    list.hidden = all.length === 0;
    list.replaceChildren(...all.map(claimItem));
  }

  return {
    element,
    update(experiment: Experiment): void {
      const [first = '', next = '', ...others] = sentencesOf(experiment.summary?.sentence ?? '').map(typeset);
      setText(sentence, shownText(first));
      sentence.hidden = first === '';
      setText(second, shownText(next));
      second.hidden = next === '';
      showClaims(experiment);
      showFailure(experiment);
      const claims = verdicts(experiment).flatMap((one) => {
        const numbers = claimNumbers(one, typeset);
        return numbers ? [`${marks[outcome(one)]} ${shownName(one.claim, 200)}: ${numbers}.`] : [];
      });
      const texts = [...others, ...notesOf(experiment), ...claims].map((note) => shownText(note));
      if (experiment.summary && hasPaths(experiment)) texts.push(PATHS);
      details.hidden = texts.length === 0;
      setText(summary, `Details (${texts.length})`);
      setItems(notes, texts);
      // What concerns the user now, such as a store that cannot be written, is seen without a click.
      setItems(
        engineNotes,
        experiment.notes.map((note) => typeset(shownText(note))),
      );
      engineNotes.hidden = experiment.notes.length === 0;
    },
  };
}

/** Sets the items of a list, only if they differ. */
function setItems(list: HTMLElement, texts: readonly string[]): void {
  if (texts.join('\n') === [...list.children].map((item) => item.textContent).join('\n')) return;
  list.replaceChildren(...texts.map((text) => html('li', {}, text)));
}

/** What the finding counts. */
const PATHS =
  'Two parameterizations take one path if the distance between them, at any common time and for every seed, stays below 10 % of the distance travelled.';

const hasPaths = ({ summary }: Experiment) => Object.values(summary?.paths ?? {}).some((one) => one !== null);

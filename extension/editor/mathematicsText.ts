/** What the hover of a parameterization says besides its results: mathematics, sizes, ranks and the largest stable rate. */
import type { Inspected } from '../lab/results.ts';
import { shownText } from '../report/shownName.ts';
import { escaped } from './escaped.ts';

/** Markdown. @param link to what says more */
export function mathematicsText(inspected: Inspected, link = ''): string {
  const { mathematics } = inspected;
  const lines = [`${sizeText(inspected)} · ${rankText(inspected)}`, rateText(inspected), link];
  return [
    ...(mathematics.length > 0 ? [codeBlock(mathematics.join('\n'))] : []),
    // Two blanks at its end break a line.
    lines.filter((line) => line !== '').join('  \n'),
  ].join('\n\n');
}

/** A block of text in the font of the editor, whatever is in it. */
function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shownText(text)}\n${fence}`;
}

const sizeText = ({ parameters }: Inspected) => `${parameters} parameter${parameters === 1 ? '' : 's'}`;

function rankText({ jacobian }: Inspected): string {
  if (!jacobian) return 'the Jacobian is too large for its rank to be computed here';
  const { of, rows, start, ends } = jacobian;
  const name = of === 'predictor' ? '∂w/∂θ' : '∂f/∂θ on the training inputs';
  const [first] = ends;
  const isSame = ends.every(({ rank }) => rank === first?.rank);
  const end = !first
    ? ''
    : isSame
      ? `, ${first.rank} at the end`
      : `, at the end ${ends.map(({ optimizer, rank }) => `${rank} (${escaped(optimizer)})`).join(', ')}`;
  return `rank of ${name} ${start} of ${rows} at the start${end}`;
}

function rateText({ stableRate }: Inspected): string {
  if (stableRate === null) return '';
  return `Largest stable rate of gradient descent at the start ${Number(stableRate.toPrecision(3))}`;
}

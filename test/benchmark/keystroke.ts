/**
 * `npm run benchmark:keystroke`: what a keystroke in a large lab file costs the extension host. The text is looked at in
 * slices, between which VS Code is served: the longest time without a pause is what a user could notice.
 */
import { DefinitionTracker, type Steps } from '../../extension/definitions/index.ts';
import { labFile, small } from '../labFiles.ts';

/** Keystrokes into each text. */
const KEYSTROKES = 20;

const experiments = (count: number) => Array.from({ length: count }, (_, i) => small({ name: `Experiment ${i}` }));
const lines = (count: number) => `const data = [\n${'  [0.25, 0.5, 0.125],\n'.repeat(count)}];\n`;

const texts = {
  '5,000 experiments': labFile(...experiments(5000)),
  '50,000 lines around one experiment': labFile(lines(25_000), small(), lines(25_000)),
  '50,000 lines in one loop': labFile('for (const i of [1]) {', lines(50_000), small(), '}'),
};

/** Milliseconds of processor time: those on the clock depend on what else the machine does. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** In milliseconds. */
interface Cost {
  /** The edit itself is noted. */
  noted: number;
  /** The experiments and their fingerprints are known. */
  known: number;
  /** The longest time without a pause. */
  longest: number;
}

function costOf(tracker: DefinitionTracker, text: string, at: number): Cost {
  const began = spent();
  tracker.edit([{ from: at, to: at, length: 1 }]);
  const noted = spent() - began;
  let longest = 0;
  const toEnd = (work: Steps<unknown>) => {
    for (let done = false; !done; ) {
      const start = spent();
      done = work.next().done ?? false;
      longest = Math.max(longest, spent() - start);
    }
  };
  toEnd(tracker.update(text));
  toEnd(tracker.fingerprints(tracker.calls));
  return { noted, known: spent() - began, longest };
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

console.log('Medians in milliseconds of processor time, with the greatest in parentheses.\n');
console.log('| text | the edit itself | until everything is known | longest without a pause |');
console.log('| --- | --- | --- | --- |');
for (const [name, text] of Object.entries(texts)) {
  const tracker = new DefinitionTracker();
  tracker.change([], text);
  const at = text.indexOf('rate: ', text.length / 2) + 6;
  const costs: Cost[] = [];
  let edited = text;
  for (let i = 0; i < KEYSTROKES; i++) {
    edited = `${edited.slice(0, at)}${i % 2 ? '1' : '('}${edited.slice(at)}`;
    costs.push(costOf(tracker, edited, at));
  }
  const cells = (['noted', 'known', 'longest'] as const).map((key) => {
    const values = costs.map((cost) => cost[key]);
    return `${median(values).toFixed(1)} (${Math.max(...values).toFixed(1)})`;
  });
  console.log(`| ${name} | ${cells.join(' | ')} |`);
}

/**
 * The second part of `npm run docs`: runs the gallery, writes docs/gallery.md, and puts its numbers into the documents that
 * quote them. Ends with status 1 if a claim does not hold.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ClaimResult } from '../../extension/lab/results.ts';
import { type ExperimentOutcome, outcomesOf } from './gallery.ts';
import { filesQuoted, withNumbers } from './numbers.ts';

const gallery = 'media/gallery';
/** Numbers shown for a claim at most. */
const MOST_VALUES = 3;

const HEAD = `# The gallery

Each file of \`media/gallery\` shows one finding, and holds it in claims that are checked in the tests (\`depth-lab check\`), for any seeds (\`--seeds 101-108\`). \`npm run docs\` writes this page from its runs and fails where a claim does. [mutations.md](mutations.md) shows what each claim notices.
`;

/** The head comment of a file, as paragraphs. */
function headOf(text: string): string[] {
  const [, comment = ''] = /^\/\*\*\n(.*?)\*\//s.exec(text) ?? [];
  const lines = comment.split('\n').map((line) => line.replace(/^ \* ?/, ''));
  return lines
    .join('\n')
    .trim()
    .split('\n\n')
    .map((paragraph) => paragraph.replaceAll('\n', ' '));
}

const escaped = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '\\<');

function valuesText({ values = [] }: ClaimResult): string {
  // A claim of a sweep asks at every point, often for the same numbers.
  const measured = new Map(values.map(({ expression, value }) => [expression.replace(/^at [^:]+: /, ''), value]));
  const shown = [...measured]
    .slice(0, MOST_VALUES)
    .map(([expression, value]) => `${escaped(expression)} = ${Number(value.toPrecision(2))}`);
  return shown.join('; ') + (measured.size > MOST_VALUES ? '; …' : '');
}

function sectionOf(file: string, outcomes: readonly ExperimentOutcome[]): string {
  const [title = file, ...paragraphs] = headOf(readFileSync(path.join(gallery, file), 'utf8'));
  const tables = outcomes.map(({ grid, claims }) =>
    [
      `**${grid.experiment}**: ${grid.problem.description}, ${grid.runs.length} runs.`,
      '',
      '| claim | measured |',
      '| --- | --- |',
      ...claims.map((claim) => `| ${escaped(claim.claim)} | ${valuesText(claim)} |`),
    ].join('\n'),
  );
  return [`## ${title.replace(/\.$/, '')}`, `[${file}](../${gallery}/${file})`, ...paragraphs, ...tables].join('\n\n');
}

const documents = readdirSync('docs').filter((name) => name.endsWith('.md') && name !== 'gallery.md');
const texts = documents.map(
  (name) => [path.join('docs', name), readFileSync(path.join('docs', name), 'utf8')] as const,
);
const sections: string[] = [];
const failed: string[] = [];
const outcomesByFile = new Map<string, ExperimentOutcome[]>();
for (const file of readdirSync(gallery).filter((name) => name.endsWith('.lab.ts'))) {
  const outcomes = await outcomesOf(path.join(gallery, file));
  outcomesByFile.set(file.replace('.lab.ts', ''), outcomes);
  sections.push(sectionOf(file, outcomes));
  failed.push(
    ...outcomes.flatMap(({ claims }) => claims.filter(({ holds }) => !holds).map(({ claim }) => `${file}: ${claim}`)),
  );
}
for (const claim of failed) process.stderr.write(`does not hold: ${claim}\n`);
if (failed.length > 0) {
  process.exitCode = 1;
} else {
  writeFileSync('docs/gallery.md', `${HEAD}\n${sections.join('\n\n')}\n`);
  for (const [file, text] of texts) {
    if (filesQuoted(text).length === 0) continue;
    const numbered = withNumbers(text, (name) => (outcomesByFile.get(name) ?? []).flatMap(({ runs }) => runs));
    if (numbered !== text) writeFileSync(file, numbered);
  }
}

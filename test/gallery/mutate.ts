/**
 * `npm run mutate [FILE…]`: swaps optimizers, Fisher information, parameterizations, labels, truths and more in each file
 * of the gallery, and writes down which claims notice to docs/mutations.md. Ends with status 1 if a claim survives all of
 * its swaps. Takes about 20 minutes on two cores.
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checked, type Outcome } from './check.ts';
import { type Mutation, mutations } from './mutations.ts';

const gallery = path.resolve('media/gallery');
const document = 'docs/mutations.md';
const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-mutations-'));

/** The outcome of each claim of a mutated file; null where the mutation changes nothing. */
async function mutated(file: string, mutation: Mutation): Promise<Map<string, Outcome> | null> {
  const text = readFileSync(path.join(gallery, file), 'utf8');
  const data = path.join(folder, 'data');
  rmSync(data, { recursive: true, force: true });
  cpSync(path.join(gallery, 'data'), data, { recursive: true });
  const changed = mutation.apply(text);
  let isChanged = changed !== text;
  if (mutation.applyToTable && text.includes("csv: 'data/")) {
    isChanged = true;
    for (const table of readdirSync(data).filter((name) => name.endsWith('.csv'))) {
      const lines = readFileSync(path.join(data, table), 'utf8').trim().split('\n');
      const rows = mutation.applyToTable(lines.filter((line) => !line.startsWith('#')));
      writeFileSync(path.join(data, table), `${rows.join('\n')}\n`);
    }
  }
  if (!isChanged) return null;
  writeFileSync(path.join(folder, file), `import * as lab from 'depth-lab';\n${changed}`);
  return checked(path.join(folder, file));
}

const SIGNS: Record<Outcome, string> = { holds: '·', fails: '✗', error: 'error', slow: 'slow' };

/** The table of one file, and the claims that survive everything. */
async function tableOf(file: string): Promise<{ text: string; survivors: string[] }> {
  const original = await checked(path.join(gallery, file));
  const columns: (Map<string, Outcome> | null)[] = [];
  for (const mutation of mutations) columns.push(await mutated(file, mutation));
  const used = mutations.flatMap(({ name }, i) => (columns[i] ? [{ name, outcomes: columns[i] }] : []));
  const rows = [...original].map(([claim, outcome]) => {
    if (outcome !== 'holds') throw new Error(`${file}: '${claim}' does not hold before anything is changed`);
    const cells = used.map(({ outcomes }) => outcomes.get(claim) ?? 'slow');
    return { claim, cells };
  });
  const text = [
    `## ${file}`,
    '',
    `| claim | ${used.map(({ name }) => name).join(' | ')} |`,
    `| --- |${' --- |'.repeat(used.length)}`,
    ...rows.map(({ claim, cells }) => `| ${claim} | ${cells.map((cell) => SIGNS[cell]).join(' | ')} |`),
    '',
  ].join('\n');
  const survivors = rows.filter(({ cells }) => !cells.includes('fails')).map(({ claim }) => `${file}: ${claim}`);
  return { text, survivors };
}

function sectionsOf(text: string): [file: string, section: string][] {
  return text
    .split(/^(?=## )/m)
    .slice(1)
    .map((section) => [section.split('\n')[0]!.slice('## '.length), `${section.trim()}\n`]);
}

const HEAD = `# Mutations of the gallery

\`npm run mutate\` changes one thing in each file of the gallery and checks its claims again: ✗ the claim no longer holds, · it holds, \`error\` it cannot be evaluated (for example because theory predicts nothing then), \`slow\` the changed file takes more than 90 seconds. A column is missing where a file has nothing of the kind. Every claim fails under at least one change; one that did not would say nothing.

${mutations.map(({ name, meaning }) => `- **${name}**: ${meaning}`).join('\n')}
`;

/** After each file: what was found is kept if the rest is interrupted. */
function write(): void {
  const sorted = [...sections].sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(document, `${HEAD}\n${sorted.map(([, text]) => text).join('\n')}`);
}

const asked = process.argv.slice(2);
const files = readdirSync(gallery).filter(
  (name) => name.endsWith('.lab.ts') && (asked.length === 0 || asked.includes(name)),
);
const survivors: string[] = [];
/** By file: what is not asked for stays as it was. */
const sections = new Map(existsSync(document) ? sectionsOf(readFileSync(document, 'utf8')) : []);
try {
  for (const file of files) {
    const table = await tableOf(file);
    process.stdout.write(`${table.text}\n`);
    sections.set(file, table.text);
    write();
    survivors.push(...table.survivors);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const survivor of survivors) process.stderr.write(`survives everything: ${survivor}\n`);
if (survivors.length > 0) process.exitCode = 1;

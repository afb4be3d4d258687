/** A report as one HTML file: the page of the results panel with its data in it, which asks nothing of any network. */
import { createHash } from 'node:crypto';
import { claimText } from '../report/claimText.ts';
import type { TextTable } from '../report/tables.ts';
import type { ExperimentView } from '../report/view.ts';
import { type Section, sectionOf } from './document.ts';
import type { ExportedExperiment } from './exported.ts';
import { packed } from './packed.ts';

/** The files of the page. */
export interface PageSources {
  /** Of the panel. */
  script: string;
  style: string;
  /** What stands in for VS Code. */
  hostScript: string;
  hostStyle: string;
}

export interface ReportOptions {
  title: string;
  version: string;
  /** When it was made, in milliseconds since the epoch. */
  date: number;
}

export function reportPage(
  experiments: readonly ExportedExperiment[],
  { title, version, date }: ReportOptions,
  { script, style, hostScript, hostStyle }: PageSources,
): string {
  const data = packed(experiments.map((experiment) => viewOf(experiment, date)));
  const nonce = createHash('sha256').update(data).digest('base64').slice(0, 24);
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta property="csp-nonce" content="${escaped(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Depth Lab ${escaped(version)}">
<title>${escaped(title)}</title>
<style nonce="${nonce}">
${hostStyle}
${style}
</style>
</head>
<body>
<noscript>
${experiments.map((experiment) => sectionHtml(sectionOf(experiment))).join('\n')}
</noscript>
<script nonce="${nonce}" type="application/json" id="results">${data}</script>
<script nonce="${nonce}">${inline(hostScript)}</script>
<script nonce="${nonce}">${inline(script)}</script>
</body>
</html>
`;
}

function viewOf({ file, grid, results }: ExportedExperiment, date: number): ExperimentView {
  return {
    ...results,
    ...{ file, experiment: grid.experiment, grid, status: 'finished', failure: null, seconds: null, stale: false },
    finishedAt: date,
  };
}

/** For readers without scripts. */
function sectionHtml({ title, facts, finding, tables, claims }: Section): string {
  return [
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(facts)}</p>`,
    finding ? `<p>${escaped(finding)}</p>` : '',
    ...tables.map(tableHtml),
    `<ul>${claims.map((claim) => `<li>${escaped(claimText(claim))}</li>`).join('')}</ul>`,
  ].join('\n');
}

function tableHtml({ title, columns, notes }: TextTable): string {
  const head = columns.map((column) => `<th>${escaped(column.head)}</th>`).join('');
  const rows = (columns[0]?.cells ?? []).map(
    (_, row) => `<tr>${columns.map(({ cells }) => `<td>${escaped(cells[row] ?? '')}</td>`).join('')}</tr>`,
  );
  const caption = title ? `<caption>${escaped(title)}</caption>` : '';
  const below = notes.map((note) => `<p>${escaped(note)}</p>`).join('');
  return `<table>${caption}<thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>${below}`;
}

/** A script that does not end its element early. */
const inline = (script: string) => script.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');

const escaped = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

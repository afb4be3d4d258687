/** A report as Markdown, with tables as GitHub writes them. */

import { claimText } from '../report/claimText.ts';
import type { Column, TextTable } from '../report/tables.ts';
import type { Section } from './document.ts';

export function markdown(sections: readonly Section[], source: string): string {
  return `${[...sections.map(sectionText), `_${escaped(source)}_`].join('\n\n')}\n`;
}

function sectionText({ title, facts, finding, tables, claims }: Section): string {
  return [
    `## ${escaped(title)}`,
    `${escaped(facts)}.`,
    escaped(finding),
    ...tables.map(tableText),
    claims.map((claim) => `- ${escaped(claimText(claim))}`).join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function tableText({ title, columns, notes }: TextTable): string {
  const rows = columns[0]?.cells.map((_, row) => columns.map(({ cells }) => escaped(cells[row] ?? ''))) ?? [];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [line(columns.map(({ head }) => escaped(head))), line(columns.map(rule)), ...rows.map(line)].join('\n');
  return [title && `${escaped(title)}:`, table, ...notes.map(escaped)].filter(Boolean).join('\n\n');
}

const rule = ({ align }: Column) => (align === 'right' ? '---:' : '---');

/** Text that Markdown shows as it is, on one line. */
const escaped = (text: string) => text.replace(/\s*\n\s*/g, ' ').replace(/[\\`*_[\]<>|#~$]/g, '\\$&');

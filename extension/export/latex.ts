/** A report's tables as LaTeX, for `booktabs`. What pdfLaTeX's fonts lack is written as commands. */

import { claimText } from '../report/claimText.ts';
import type { Column, TextTable } from '../report/tables.ts';
import type { Section } from './document.ts';

export function latex(sections: readonly Section[], source: string): string {
  return `% ${source.replace(/\s+/g, ' ')}\n% Needs \\usepackage{booktabs}.\n\n${sections.map(sectionText).join('\n\n')}\n`;
}

function sectionText({ title, facts, finding, tables, claims }: Section): string {
  const [first, ...others] = tables;
  const remarks = claims.map((claim) => `% ${claimText(claim).replace(/\s+/g, ' ')}`).join('\n');
  const caption = (table: TextTable, words: readonly string[]) =>
    tableText(table, words.filter(Boolean).map(sentence).join(' '));
  return [
    first ? caption(first, [title, facts, finding, ...first.notes]) : '',
    ...others.map((table) => caption(table, [title, table.title, ...table.notes])),
    remarks,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function tableText({ columns }: TextTable, caption: string): string {
  const rows = columns[0]?.cells.map((_, row) => columns.map(({ cells }) => texOf(cells[row] ?? ''))) ?? [];
  const line = (cells: readonly string[]) => `    ${cells.join(' & ')} \\\\`;
  return [
    '\\begin{table}',
    '  \\centering',
    `  \\caption{${texOf(caption)}}`,
    `  \\begin{tabular}{${columns.map(letter).join('')}}`,
    '    \\toprule',
    line(columns.map(({ head }) => texOf(head))),
    '    \\midrule',
    ...rows.map(line),
    '    \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
  ].join('\n');
}

const letter = ({ align }: Column) => (align === 'right' ? 'r' : 'l');
const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho varsigma sigma tau upsilon phi chi psi omega';
const upper: Record<string, string> = {
  ...{ Γ: 'Gamma', Δ: 'Delta', Θ: 'Theta', Λ: 'Lambda', Ξ: 'Xi', Π: 'Pi', Σ: 'Sigma', Φ: 'Phi', Ψ: 'Psi', Ω: 'Omega' },
};
/** In mathematics. */
const symbols: Record<string, string> = {
  ...Object.fromEntries(greek.split(' ').map((name, i) => [String.fromCharCode(0x3b1 + i), `\\${name}`])),
  ...Object.fromEntries(Object.entries(upper).map(([character, name]) => [character, `\\${name}`])),
  ο: 'o',
  ...Object.fromEntries(Array.from('⁰¹²³⁴⁵⁶⁷⁸⁹', (character, digit) => [character, `^{${digit}}`])),
  ...Object.fromEntries(Array.from('₀₁₂₃₄₅₆₇₈₉', (character, digit) => [character, `_{${digit}}`])),
  ...{ '⁻': '^{-}', '⁺': '^{+}', '−': '-', '±': '\\pm', '×': '\\times', '·': '\\cdot', '∘': '\\circ', '⊙': '\\odot' },
  ...{ '°': '^{\\circ}', '∞': '\\infty', '∇': '\\nabla', '∂': '\\partial', '‖': '\\|', '√': '\\surd', ℓ: '\\ell' },
  ...{ '≤': '\\le', '≥': '\\ge', '≠': '\\ne', '≈': '\\approx', '→': '\\to', '←': '\\leftarrow', '∈': '\\in' },
};
const specials: Record<string, string> = {
  ...{ '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '%': '\\%', '&': '\\&', $: '\\$', '#': '\\#', _: '\\_' },
  ...{ '^': '\\textasciicircum{}', '~': '\\textasciitilde{}', '<': '\\textless{}', '>': '\\textgreater{}' },
  ...{ '|': '\\textbar{}', '"': "''", '–': '--', '—': '---', '…': '\\dots{}', '\u202f': '\\,', '\u00a0': '~' },
};

/** Text as LaTeX; neighbouring symbols share their dollars: `u² − v²` is `u$^{2}$ $-$ v$^{2}$`. */
export function texOf(text: string): string {
  let out = '';
  let isMath = false;
  for (const character of withPowers(text.replace(/\s*\n\s*/g, ' '))) {
    const symbol = symbols[character];
    if ((symbol !== undefined) !== isMath) {
      out += '$';
      isMath = !isMath;
    } else if (isMath) out += ' ';
    out += symbol ?? specials[character] ?? character;
  }
  return merged(`${out}${isMath ? '$' : ''}`);
}

/** `2.3e-5` as `2.3·10⁻⁵`. */
function withPowers(text: string): string {
  return text.replace(/(\d(?:\.\d+)?)e(-?\d+)\b/g, (_, mantissa: string, exponent: string) => {
    const digits = exponent.replace(/./g, (digit) => (digit === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit))));
    return `${mantissa}·10${digits}`;
  });
}

/** Neighbouring exponents are one: LaTeX refuses two, and so for indices. */
function merged(tex: string): string {
  const shorter = tex.replace(/([\^_])\{([^{}]*)\} \1\{([^{}]*)\}/g, '$1{$2$3}');
  return shorter === tex ? tex : merged(shorter);
}

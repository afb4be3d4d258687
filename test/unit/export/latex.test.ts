import { describe, expect, it } from 'vitest';
import { latex, texOf } from '../../../extension/export/latex.ts';
import { section } from './sections.ts';

describe('a report in LaTeX', () => {
  it('has its tables, with captions, and the claims as remarks', () => {
    expect(latex([section], 'Depth Lab')).toBe(`% Depth Lab
% Needs \\usepackage{booktabs}.

\\begin{table}
  \\centering
  \\caption{A\\_b \\textbar{} *c*. 80 examples, 4 seeds. GD takes 2 paths (79 \\%). mean $\\pm$ deviation.}
  \\begin{tabular}{lr}
    \\toprule
    parameterization & test error \\\\
    \\midrule
    w = u$^{2}$ $-$ v$^{2}$ & 11 \\% $\\pm$ 1 \\\\
    a\\textbar{}b \\& \\textless{}c\\textgreater{}\\_\\$ & 2.3$\\cdot$10$^{-5}$ $\\pm$ 6.1$\\cdot$10$^{-20}$ \\\\
    \\bottomrule
  \\end{tabular}
\\end{table}

\\begin{table}
  \\centering
  \\caption{A\\_b \\textbar{} *c*. Angles.}
  \\begin{tabular}{r}
    \\toprule
    max L2 \\\\
    \\midrule
    30.0$^{\\circ}$ \\\\
    -- \\\\
    \\bottomrule
  \\end{tabular}
\\end{table}

% holds: one path
% does not hold: two (why)
`);
  });

  it.each([
    ['w = θ', 'w = $\\theta$'],
    ['∇L(θ), λ₁₂', '$\\nabla$L($\\theta$), $\\lambda _{12}$'],
    ['u⁻¹⁰ ≤ ∞', 'u$^{-10}$ $\\le$ $\\infty$'],
    ['100 % \\ {x}^~', '100 \\% \\textbackslash{} \\{x\\}\\textasciicircum{}\\textasciitilde{}'],
    ['‖w‖', '$\\|$w$\\|$'],
  ])('writes %s with commands', (text, tex) => {
    expect(texOf(text)).toBe(tex);
  });

  it('leaves no dollar open, whatever the text', () => {
    for (const text of ['θ', 'aθ', 'θa', 'θλ', '², θ²³', '$θ$']) {
      expect(texOf(text).replaceAll('\\$', '').match(/\$/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0);
    }
  });
});

/** How a script is laid out: its head, its sections, and what differs between NumPy and JAX. */
import type { Dialect, PartName } from './parts.ts';

/** Texts under one title. */
export interface Piece {
  title: string;
  texts: readonly string[];
}

const sections: [string, PartName[]][] = [
  ['Random numbers, the same as in the lab', ['random']],
  [
    'Data',
    [
      'packed',
      'data',
      'vectorTruth',
      'matrixTruth',
      'linearExamples',
      'separable',
      'regression',
      'matrixSensing',
      'matrixCompletion',
      'givenCompletion',
      'dataset',
      'teacher',
    ],
  ],
  ['The loss', ['sigmoid', 'logistic', 'square']],
  [
    'Parameterizations',
    [
      'guarded',
      'rounded',
      'convolve',
      'scatter',
      'flat',
      'starts',
      'replacedStart',
      'orthogonalStart',
      'balancedStart',
      'predictor',
      'predictorAlong',
      'network',
      'networkAlong',
    ],
  ],
  [
    'Optimizers',
    [
      'gradient',
      'trained',
      'batches',
      'gradientDescent',
      'stochasticGradientDescent',
      'normalizedGradientDescent',
      'momentum',
      'adam',
      'signDescent',
      'kfac',
    ],
  ],
  [
    'Natural gradients',
    [
      'leastSquares',
      'natural',
      'trainFisher',
      'populationFisher',
      'scalarPopulation',
      'gaussianPopulation',
      'ownPopulation',
      'drawnPopulation',
      'either',
      'damping',
      'dampingAt',
      'naturalGradientDescent',
    ],
  ],
  ['Flows', ['flow', 'hessian', 'gradientFlow', 'naturalGradientFlow']],
];

export function scriptText(
  name: string,
  parts: ReadonlyMap<PartName, string>,
  own: readonly Piece[],
  dialect: Dialect,
): string {
  const fixed = sections.map(([title, names]): Piece => {
    const texts = names.flatMap((part) => {
      const text = parts.get(part);
      return text === undefined ? [] : [inDialect(text, dialect)];
    });
    return { title, texts };
  });
  const main: Piece = { title: 'Runs', texts: [parts.get('main') ?? ''] };
  const pieces = [...fixed, ...own, main].filter(({ texts }) => texts.length > 0);
  return [headOf(name, parts, dialect), ...pieces.map(pieceText)].join('\n\n\n').concat('\n');
}

/** What is written for either library: `xp` is the module that computes, and `@compiled` functions are compiled by JAX. */
export function inDialect(text: string, dialect: Dialect): string {
  if (dialect === 'jax') return text.replace(/\bxp\./g, 'jnp.').replace(/@compiled\b/g, '@jax.jit');
  return text.replace(/\bxp\./g, 'np.').replace(/^ *@compiled\n/gm, '');
}

function pieceText({ title, texts }: Piece): string {
  const rule = `# ${'-'.repeat(98)}`;
  // A text that is indented continues the class before it.
  const body = texts.reduce((all, text) => {
    const own = text.replace(/\s+$/, '');
    if (all === '') return own;
    return own.startsWith('\n    ') ? `${all}\n${own}` : `${all}\n\n\n${own}`;
  }, '');
  return `${rule}\n# ${title}\n\n\n${body}`;
}

function headOf(name: string, parts: ReadonlyMap<PartName, string>, dialect: Dialect): string {
  const libraries = dialect === 'jax' ? 'JAX and NumPy' : 'NumPy';
  const packed = parts.has('packed') ? ['import base64', 'import zlib'] : [];
  const imports = ['import argparse', ...packed, 'import json'].sort();
  return [
    `"""${name.replaceAll('\\', '\\\\').replaceAll('"""', "'''")}`,
    '',
    `An experiment of Depth Lab as a script that needs ${libraries} alone: it draws the same data, trains in the same`,
    'way, and prints the same numbers (steps to about 1e-9, flows to about 1e-6).',
    '',
    '    python script.py             one line for each run',
    '    python script.py --json      one JSON object for each run, with predictor and outputs',
    '    python script.py --seeds 1   only these seeds',
    '"""',
    '',
    ...imports,
    'from dataclasses import dataclass',
    'from typing import Callable, Optional, Union',
    '',
    ...(dialect === 'jax' ? ['import jax', 'import jax.numpy as jnp'] : []),
    'import numpy as np',
    '',
    ...(dialect === 'jax' ? ['jax.config.update("jax_enable_x64", True)', ''] : []),
    'EPS = np.finfo(float).eps',
  ].join('\n');
}

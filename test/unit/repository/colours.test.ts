import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parameterizationColours } from '../../../webview/palette.ts';

interface Manifest {
  contributes: {
    colors: { id: string; defaults: Record<string, string> }[];
    commands: { command: string }[];
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

it.each(['light', 'dark'] as const)('the editor and the panel share the colours of a %s theme', (background) => {
  const contributed = manifest.contributes.colors
    .filter(({ id }) => id.startsWith('depthLab.parameterization'))
    .map(({ defaults }) => defaults[background]);
  expect(contributed).toEqual(parameterizationColours(background));
});

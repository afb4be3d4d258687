import { expect, it } from 'vitest';
import { manifest, placeholders, texts } from '../manifest.ts';

it('has a text for every placeholder, and a placeholder for every text', () => {
  expect([...new Set(placeholders)].sort()).toEqual(Object.keys(texts).sort());
});

it('writes whatever users read as a placeholder', () => {
  const { commands, configuration, colors } = manifest.contributes;
  const read: unknown[] = [
    ...Object.values<{ description: string }>(manifest.capabilities).map(({ description }) => description),
    ...commands.map(({ title }: { title: string }) => title),
    ...colors.map(({ description }: { description: string }) => description),
    ...Object.values<Record<string, unknown>>(configuration.properties).flatMap(
      ({ markdownDescription, markdownEnumDescriptions = [] }) =>
        [markdownDescription, markdownEnumDescriptions].flat(),
    ),
  ];
  expect(read.filter((text) => !/^%[\w.]+%$/.test(String(text)))).toEqual([]);
});

it('changes no setting but for the folder of the store, and for its own panel', () => {
  const changed = Object.values<object>(manifest.contributes.configurationDefaults).flatMap(Object.keys);
  expect(changed).toEqual(['**/.depth-lab/**', '**/.depth-lab', 'mainThreadWebview-depthLab.results']);
});

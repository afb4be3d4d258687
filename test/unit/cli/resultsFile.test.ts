import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ResultsFile } from '../../../extension/cli/resultsFile.ts';
import { LabFolder } from '../engine/labFile.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());
let count = 0;
const room = () => path.join(folder.path, String(++count), 'deep');
const textIn = (out: string, name: string) => readFileSync(path.join(out, name), 'utf8');

it('grows beside earlier results, and replaces them when it is complete', () => {
  const out = room();
  mkdirSync(out, { recursive: true });
  writeFileSync(path.join(out, 'results.jsonl'), 'earlier\n');
  const file = new ResultsFile(out);
  file.add('1');
  file.add('2');
  expect(textIn(out, 'results.partial.jsonl')).toBe('1\n2\n');
  expect(textIn(out, 'results.jsonl')).toBe('earlier\n');
  file.replace(['2', '1']);
  expect(textIn(out, 'results.jsonl')).toBe('2\n1\n');
  expect(readdirSync(out)).toEqual(['results.jsonl']);
});

it('keeps what is finished beside earlier results, under a name of its own', () => {
  const out = room();
  const [first, second] = [new ResultsFile(out), new ResultsFile(out)];
  first.add('1');
  second.add('2');
  expect(first.keep(['1', 'claim'])).toBe(path.join(out, 'results.partial.jsonl'));
  expect(second.keep([])).toBe(path.join(out, 'results.partial-2.jsonl'));
  expect(textIn(out, 'results.partial.jsonl')).toBe('1\nclaim\n');
  expect(textIn(out, 'results.partial-2.jsonl')).toBe('2\n');
  expect(new ResultsFile(out).keep([])).toBeNull();
  expect(readdirSync(out)).toEqual(['results.partial-2.jsonl', 'results.partial.jsonl']);
});

it('is not written through a link, and not over a folder', () => {
  const [linked, folded] = [room(), room()];
  const target = folder.write('target', 'precious');
  mkdirSync(linked, { recursive: true });
  symlinkSync(target, path.join(linked, 'results.jsonl'));
  expect(() => new ResultsFile(linked)).toThrow('results.jsonl cannot be written: it is a link');
  mkdirSync(path.join(folded, 'results.jsonl'), { recursive: true });
  expect(() => new ResultsFile(folded)).toThrow('results.jsonl cannot be written: a folder is in the way');
  // Nor through a link that appears in the place of the file beside it.
  const other = room();
  mkdirSync(other, { recursive: true });
  symlinkSync(target, path.join(other, 'results.partial.jsonl'));
  const file = new ResultsFile(other);
  file.add('1');
  file.replace(['1']);
  expect(readFileSync(target, 'utf8')).toBe('precious');
});

it('keeps earlier results where the new ones cannot take their place', () => {
  const out = room();
  const file = new ResultsFile(out);
  file.add('1');
  mkdirSync(path.join(out, 'results.jsonl'));
  expect(() => file.replace(['1'])).toThrow('results.jsonl cannot be written: a folder is in the way');
  expect(file.keep(['1'])).toBe(file.partial);
  expect(textIn(out, 'results.partial.jsonl')).toBe('1\n');
});

it('says how much room is missing', () => {
  const file = new ResultsFile(room());
  expect(() => file.requireRoom(2 ** 70)).toThrow(/the results need at least .* MiB, and .* MiB are free on the disk/);
  file.keep([]);
});

it.runIf(existsSync('/sys'))('says why a folder cannot be made', () => {
  expect(() => new ResultsFile('/sys/depth-lab')).toThrow(/^\/sys\/depth-lab cannot be written: [a-z -]+$/);
  const file = folder.write('file', '');
  expect(() => new ResultsFile(path.join(file, 'below'))).toThrow('cannot be written: a file is in the way');
  expect(() => new ResultsFile(file)).toThrow('cannot be written: a file is in the way');
});

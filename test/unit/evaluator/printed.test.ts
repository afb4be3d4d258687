import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { LabFolder, labText } from '../engine/labFile.ts';
import { endClients, eventsOf, of, startClient } from '../engine/startClient.ts';

const folder = new LabFolder();
afterAll(() => {
  endClients();
  folder.remove();
});

it('tells what a file prints with its place, and prints it as before', async () => {
  let output = '';
  const engine = startClient({}, (text) => (output += text));
  folder.write('part.ts', "export const part = 1;\nconsole.warn('imported', [1, 2]);");
  const file = folder.write('prints.lab.ts', labText({ before: "import './part'; console.log('here', { a: 1 });" }));
  const all = await eventsOf(engine, file);
  expect(of(all, 'printed').map(({ file: at, line, text }) => [path.basename(at), line, text])).toEqual([
    ['part.ts', 2, 'imported [ 1, 2 ]'],
    ['prints.lab.ts', 2, 'here { a: 1 }'],
  ]);
  expect(output).toContain('here { a: 1 }');
});

it('tells of the first thousand times only', async () => {
  const before = 'for (let i = 0; i < 5000; i++) console.log(i);';
  const file = folder.write('much.lab.ts', labText({ before }));
  expect(of(await eventsOf(startClient(), file), 'printed')).toHaveLength(1000);
});

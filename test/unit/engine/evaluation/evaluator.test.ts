import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Evaluator } from '../../../../extension/engine/evaluation/evaluator.ts';
import { ModuleGraph } from '../../../../extension/engine/sources/moduleGraph.ts';
import { LabFolder, labText } from '../labFile.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

const script = new URL('../../../../dist/evaluator.js', import.meta.url);
const open: Evaluator[] = [];
afterEach(() => {
  for (const evaluator of open.splice(0)) evaluator.end();
});

function evaluatorOf(rehearses: boolean): Evaluator {
  const evaluator = new Evaluator(script);
  open.push(evaluator);
  evaluator.isSilent = true;
  if (rehearses) evaluator.rehearse();
  return evaluator;
}

/** Loads a file and plans its first experiment. */
async function planned(evaluator: Evaluator, file: string) {
  const limits = { seconds: 5, bytes: 2 ** 32 };
  const { modules: sources } = new ModuleGraph().of(file);
  const { experiments } = await evaluator.ask({ type: 'load', file, sources, unsaved: [], limits });
  const { plan, dependencies } = await evaluator.ask({
    ...{ type: 'plan', experiment: 0, workers: 1 },
    instead: { seeds: null, steps: null },
  });
  return { experiments, plan, dependencies };
}

const whatever = (name: string, before: string) => folder.write(name, labText({ before }));

describe.each([
  ['without rehearsals', () => Promise.resolve(evaluatorOf(false))],
  ['during a rehearsal', () => Promise.resolve(evaluatorOf(true))],
  [
    'after the rehearsals',
    async () => {
      const evaluator = evaluatorOf(true);
      await evaluator.rested();
      return evaluator;
    },
  ],
])('an evaluator that is asked %s', (_, start) => {
  it('plans what the file says, and nothing else', async () => {
    const file = whatever('plain.lab.ts', '');
    const { experiments, plan, dependencies } = await planned(await start(), file);
    expect(experiments.map(({ experiment }) => experiment)).toEqual(['small']);
    expect(plan.grid.experiment).toBe('small');
    expect(dependencies).toEqual({ data: [], volatile: [] });
  });

  it('notes the values that differ from call to call', async () => {
    const file = whatever('volatile.lab.ts', 'Math.random(); new Date();');
    const { dependencies } = await planned(await start(), file);
    expect(dependencies.volatile).toEqual(['Math.random', 'Date']);
  });

  it('goes on at a `debugger` statement', async () => {
    const file = whatever('debugger.lab.ts', 'debugger;');
    expect((await planned(await start(), file)).plan.grid.experiment).toBe('small');
  });

  it('tells where a mistake is', async () => {
    const file = whatever('wrong.lab.ts', 'null.x;');
    await expect(planned(await start(), file)).rejects.toMatchObject({
      failure: { file: path.resolve(file), message: expect.stringContaining('null'), line: 2 },
    });
  });
});

it('plans the same with rehearsals and without', async () => {
  const file = path.join(import.meta.dirname, '../../../../media/gallery/sparse-classifier.lab.ts');
  const rehearsed = evaluatorOf(true);
  await rehearsed.rested();
  expect(await planned(rehearsed, file)).toEqual(await planned(evaluatorOf(false), file));
});

it('says why it takes no request after its end', async () => {
  const evaluator = evaluatorOf(true);
  evaluator.end();
  await expect(planned(evaluator, whatever('late.lab.ts', ''))).rejects.toThrow('the request has ended');
});

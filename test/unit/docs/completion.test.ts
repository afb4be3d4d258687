/** What TypeScript offers in a lab file, with the types as they are shipped. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { dist } from '../engine/labFile.ts';

const FILE = '/lab/test.lab.ts';
const types = readFileSync(path.join(dist, 'types/index.d.ts'), 'utf8');
let text = '';
let version = 0;

const files = (name: string) =>
  name === FILE ? text : name === '/lab/node_modules/depth-lab/index.d.ts' ? types : ts.sys.readFile(name);
const service = ts.createLanguageService({
  getScriptFileNames: () => [FILE],
  getScriptVersion: (name) => (name === FILE ? String(version) : '1'),
  getScriptSnapshot: (name) => {
    const content = files(name);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => '/lab',
  getCompilationSettings: () => ({ strict: true, noEmit: true, target: ts.ScriptTarget.ESNext, types: [] }),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (name) => files(name) !== undefined,
  readFile: files,
  directoryExists: () => true,
});

function openAt(written: string): number {
  const lab = "import { experiment, gd, linear, ngd, separable, sweep } from 'depth-lab';\n";
  const at = lab.length + written.indexOf('|');
  text = lab + written.replace('|', '');
  version++;
  return at;
}

/** The names that are offered for the type at `|`, in their order. */
function offered(written: string): string[] {
  const entries = service.getCompletionsAtPosition(FILE, openAt(written), {})?.entries ?? [];
  return entries.filter(({ kind }) => kind === 'property' || kind === 'method').map(({ name }) => name);
}

/** The words that are shown for a name. */
function documented(written: string, name: string): string {
  const details = service.getCompletionEntryDetails(FILE, openAt(written), name, {}, undefined, {}, undefined);
  const tags = details?.tags?.map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`) ?? [];
  return [ts.displayPartsToString(details?.documentation), ...tags].join('\n');
}

describe('completion', () => {
  const definition = ['optimizers', 'parameterizations', 'problem', 'claims', 'full', 'seeds', 'steps'];

  it('offers what an experiment has, and nothing of what a sweep is inside', () => {
    expect(offered("experiment('a', { | });")).toEqual(definition);
    expect(offered("experiment('a', sweep({ rate: [1, 2] }, ({ rate }) => ({ | })));")).toEqual(definition);
  });

  it('offers the options of an optimizer, the ones that it needs first', () => {
    expect(offered('gd({ | });')).toEqual(['rate', 'batch', 'normalized']);
    expect(offered('ngd({ | });')[0]).toBe('rate');
  });

  it('offers what a claim can ask of the results', () => {
    const claim = "experiment('a', { claims: { c: ({ result }) => result.| } });";
    expect(offered(claim)).toEqual(['angle', 'at', 'distance', 'invariance', 'mean', 'residual', 'runs']);
  });

  it('says what an option is, and shows it', () => {
    expect(documented('ngd({ | });', 'damping')).toMatch(/minimum-norm solution.*@example damping: 1e-3/s);
    expect(documented("experiment('a', { | });", 'steps')).toMatch(/Number of steps.*@example steps: 1000/s);
  });
});

describe('a mistake', () => {
  const mistakes = (written: string) => {
    openAt(`${written}|`);
    return service
      .getSemanticDiagnostics(FILE)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  };
  const rest = 'problem: separable({ dimension: 2, train: 3 }), parameterizations: { a: linear() }, steps: 2';

  it('is seen in an experiment, and in a sweep', () => {
    expect(mistakes(`experiment('a', { ${rest}, optimizers: { g: gd({ rate: 1 }) } });`)).toEqual([]);
    expect(mistakes(`experiment('a', { ${rest}, optimizers: { g: gd({ rte: 1 }) } });`)[0]).toMatch(/'rte'.*'rate'/);
    expect(mistakes(`experiment('a', { ${rest} });`)[0]).toMatch(/not assignable/);
    expect(mistakes("experiment('a', {});")[0]).toMatch(/not assignable/);
    expect(mistakes("experiment('a', sweep({ a: [1] }, () => ({})));")[0]).toMatch(/missing the following/);
  });
});

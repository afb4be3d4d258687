/** The language can be learnt from completion alone: each option says what it is, its default, and how it is written. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { dist } from '../engine/labFile.ts';

const text = readFileSync(path.join(dist, 'types/index.d.ts'), 'utf8');
const source = ts.createSourceFile('index.d.ts', text, ts.ScriptTarget.Latest, true);

interface Option {
  /** The type that has it. */
  of: string;
  name: string;
  isOptional: boolean;
  words: string;
  examples: string[];
}

const OPTIONS = /(Options|Definition|FullSize|TableFormat|CompletionFile|NpyFiles|NpzArrays|Examples)$/;

function optionsOf(of: string, node: ts.Node): Option[] {
  const found: Option[] = [];
  const visit = (one: ts.Node) => {
    const isOption = ts.isPropertySignature(one) && one.type?.kind !== ts.SyntaxKind.UndefinedKeyword;
    if (isOption && one.name.getText() !== '[swept]') {
      const docs = ts.getJSDocCommentsAndTags(one).find(ts.isJSDoc);
      const examples = ts.getJSDocTags(one).filter(({ tagName }) => tagName.text === 'example');
      found.push({
        of,
        name: one.name.getText(),
        isOptional: one.questionToken !== undefined,
        words: ts.getTextOfJSDocComment(docs?.comment) ?? '',
        examples: examples.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? ''),
      });
      return;
    }
    ts.forEachChild(one, visit);
  };
  visit(node);
  return found;
}

const options = source.statements.flatMap((statement) => {
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  return isType && OPTIONS.test(statement.name.text) ? optionsOf(statement.name.text, statement) : [];
});

it('finds the options of every building block', () => {
  expect(new Set(options.map(({ of }) => of)).size).toBeGreaterThan(20);
  expect(options.length).toBeGreaterThan(80);
});

const label = ({ of, name }: Option) => `${of}.${name}`;

it('says what each option is', () => {
  expect(options.filter(({ words }) => words.length < 10).map(label)).toEqual([]);
});

it('says the default of each option that may be left out', () => {
  const hasDefault = ({ words }: Option) =>
    /default|replaces|without|with `--full`|not needed|not combined/i.test(words);
  expect(options.filter((one) => one.isOptional && !hasDefault(one)).map(label)).toEqual([]);
});

it('shows how each option is written', () => {
  expect(options.filter(({ examples }) => examples.length === 0).map(label)).toEqual([]);
});

it('shows it in a way that is right', () => {
  // All options of the types with alternatives may be given alone.
  const lines = options.flatMap(({ of, name, examples }) =>
    examples.map((example) => `take<Given<lab.${of}>>({ ${example} }); // ${of}.${name}`),
  );
  const written = [
    "import * as lab from './index.js';",
    'import {',
    '  convolutional, deepLinear, diagonal, elementwise, factorization, gd, linear, matrixCompletion, network, ngd,',
    '  separable, type Parameterization,',
    "} from './index.js';",
    'type Given<T> = T extends unknown ? { [K in keyof T]?: T[K] } : never;',
    'declare function take<T>(options: T): void;',
    ...lines,
    'void [convolutional, deepLinear, diagonal, elementwise, factorization, gd, linear, matrixCompletion, network, ngd, separable];',
    'export type Used = Parameterization;',
  ].join('\n');
  const file = path.join(dist, 'types/examples.ts');
  const host = ts.createCompilerHost({});
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, written, ts.ScriptTarget.Latest, true) : read(name, ...rest);
  const program = ts.createProgram(
    [file],
    {
      ...{ strict: true, noEmit: true, types: [], target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.NodeNext },
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
    },
    host,
  );
  const wrong = program.getSemanticDiagnostics(program.getSourceFile(file)).map(({ messageText, start = 0 }) => {
    const line = written.slice(0, start).split('\n').length;
    return `${written.split('\n')[line - 1]}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
  });
  expect(wrong).toEqual([]);
});

it('shows how each function is called', () => {
  const functions = source.statements.filter(ts.isFunctionDeclaration);
  expect(functions.length).toBeGreaterThan(40);
  const bare = functions.filter((one) => !ts.getJSDocTags(one).some(({ tagName }) => tagName.text === 'example'));
  expect(bare.map(({ name }) => name?.text)).toEqual([]);
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'acorn';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { stripTypes } from '../../../../extension/evaluator/loader/strip.ts';
import { readSyntaxError } from '../../../../extension/evaluator/loader/syntaxError.ts';

/** Neither does anything. */
const isNothing = ({ type, specifiers, source, declaration }: Record<string, unknown>) =>
  type === 'EmptyStatement' ||
  (type === 'ExportNamedDeclaration' && !source && !declaration && (specifiers as unknown[]).length === 0);

/** The syntax tree of JavaScript as a text, without places and without what does nothing. */
function treeOf(code: string): string {
  const program = parse(code, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  return JSON.stringify(
    program,
    (key, value: unknown) => {
      if (key === 'start' || key === 'end' || key === 'raw') return undefined;
      if (typeof value === 'bigint') return String(value);
      return Array.isArray(value) ? value.filter((node) => !node || !isNothing(node)) : value;
    },
    1,
  );
}

/** What TypeScript's own compiler makes of a text. */
const compiled = (source: string): string =>
  ts.transpileModule(source, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      useDefineForClassFields: true,
      moduleDetection: ts.ModuleDetectionKind.Force,
    },
  }).outputText;

/** Everything that is left stands where it stood. */
function expectInPlace(source: string, code: string): void {
  expect(code).toHaveLength(source.length);
  for (let i = 0; i < code.length; i++) {
    if (code[i] !== source[i] && !' ;()'.includes(code[i])) throw new Error(`${i}: ${source[i]} became ${code[i]}`);
  }
}

function refusalOf(source: string): { message: string; place: string; hint: string | null } {
  try {
    stripTypes(source, 'a.ts');
  } catch (error) {
    const details = readSyntaxError(error);
    if (!details) throw error;
    const { message, place, hint } = details;
    return { message, place: `${place.line}:${place.column}`, hint };
  }
  throw new Error('it was read');
}

/** The stripped text, or null where the file has an enum or a parameter property. */
function unlessRefused(source: string, file: string): string | null {
  try {
    return stripTypes(source, file);
  } catch (error) {
    if (/is not supported/.test(readSyntaxError(error)?.message ?? '')) return null;
    throw error;
  }
}

const snippets = [
  // types at names, parameters, results
  'let a: number = 1, b!: string, [c, d]: [number, number] = [1, 2], { e }: { e: number } = { e: 1 };',
  'function f<T extends { a: number }>(this: void, a?: T, ...rest: string[]): asserts a is T {}',
  'const g = async <T,>(x: T): Promise<T> => x, h = (x?) => x, i = (this_: number) => this_;',
  'function only(this: Date) {} function both(this: Date /* , */ , a: number) {}',
  'const o = { m: 1 ? 2 : 3, f<T>(x: T): T { return x; }, get v(): number { return 1; }, async *[x as string]() {} };',
  'try {} catch (error: unknown) {}',
  'for (const x of y as number[]) ; for (let i: number = 0; i < 1; i++) ; for (let i: number; ; ) break;',
  'for (let i = x as number, j = y as number; i < j; ) i++;',
  // assertions
  'a = b as T; a = (b as unknown as T)!.c!.d!; a?.b!.c; (a as any) = 1; a! += 1; (<T,>(x: T) => x)(1);',
  'const v = [1, 2] as const satisfies readonly number[];',
  'a as number + b; a < b as boolean; a * b as number + c; x ? y as A : z as B;',
  `\`\${a as string}\${b!}\`; let t = \`\${"x as y"} as z\`; type T = \`\${string}?\`;`,
  'new Map<string, Array<Array<number>>>(); f<T>(1); tag<T>`x`; const k = f<number>; a?.b<T>(1); new (X as any)<T>();',
  // statements that vanish, and what must not grow together
  'const a = 1\ntype T = string\n;[1].map(String)',
  'const a = b as T\n;(c)()',
  'const a = b as T\n(c)',
  'let a = 1\ninterface I { x: number }\n(b)',
  'a = b\ndeclare const c: number\n`d`',
  'if (a) b as T\nelse c',
  '{ a as T }\n[1]',
  'const f = () => a as T\n/b/g',
  // imports and exports
  "import type A from 'a'; import type { B } from 'b'; import { type C, c, type D } from 'c'; import d, { type E } from 'd'; c(d);",
  "import type * as ns from 'a'; export type * from 'b'; export type { F } from 'f'; export { type G, h, type H as J } from 'g';",
  'export type A = 1; export interface B {} export declare const c: number; export default interface D {}',
  'export function f(a: number): void; export function f(a: string): void; export function f() {}',
  'export default function (a: number): void; export default function (a: any) {}',
  'declare global { interface Window { a: 1 } } declare module "x" { export const y: 1; } declare enum E { A } declare namespace N {}',
  'namespace Types { export type A = 1; export interface B {} namespace Deep { type C = 2 } }',
  'export as namespace Lab;',
  // classes
  'abstract class A<T> extends B<T> implements C, D<T> { private readonly x: number = 1; static y?: string; z!: T; declare w: 1; abstract v: 1; }',
  'abstract class A extends B { constructor(a: number); constructor(a: any) {} abstract m(): void; protected override async *n?(): any {} [k: string]: any; #p?: number; }',
  "class A { a = 1\npublic ['b'] = 2\nprivate *c() {}\nreadonly d = 3\nstatic readonly e = 4 }",
  'class A { get: number\nfoo() {} static: string\nbar = 1 as any\nbaz() {} }',
  'class A { x = a as T\n["y"] = 1; static { let z: number = 1; } get v(): number { return 1 } set v(a: number) {} }',
  'export default abstract class A {} export abstract class C {} const B = class<T> implements I {};',
  'class A { readonly = 1; declare = 2; abstract() {} private; override?: 1; readonly readonly = 1; }',
  // what stands on several lines
  'const f = async <\n  T,\n>(x: T) => x;',
  'function* g() { return <\n T>(x: T) => x; }',
  'const f = (a: number):\n  number => a; const g = (a: number)\n  : Promise<\n number\n > => a;',
  'const f = (a): a is {\n b: 1 } => true;',
  // texts that only look like types
  'const s = "a: number", r = /a: b!/; a ? b : c; label: for (;;) break label;',
  'type T = typeof import("x") | ((this: any, a?: number) => asserts a is string) | { [K in keyof A]?: A[K] }; a;',
  'let type = 1, as = 2, satisfies = type; type = as; declare\n(abstract)\nvar declare, abstract',
  '#!/usr/bin/env node\nlet a: number = 1;',
  "import data from './a.json' with { type: 'json' };",
  'let ü: string = "𝒳";\tlet\u00a0é: number = 1;\r\nlet z: {\r\n a: 1 } = w;',
];

describe('stripTypes leaves what TypeScript makes of the text, in place', () => {
  it.each(snippets)('%s', (source) => {
    const code = stripTypes(source, 'a.ts');
    expect(treeOf(code)).toBe(treeOf(compiled(source)));
    expectInPlace(source, code);
  });

  it('in files of this repository', () => {
    const files = [
      'extension/lab/compiler',
      'extension/lab/problems',
      'extension/runs',
      'media/gallery',
      'webview',
    ].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => path.join(folder, file)),
    );
    let compared = 0;
    for (const file of files.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))) {
      const source = readFileSync(file, 'utf8');
      const code = unlessRefused(source, file);
      if (code === null) continue;
      expect(treeOf(code), file).toBe(treeOf(compiled(source)));
      expectInPlace(source, code);
      compared++;
    }
    expect(compared).toBeGreaterThan(120);
  });
});

describe('stripTypes refuses', () => {
  it.each([
    ['const a = 1; enum Colour { Red }', '1:14', 'enum', 'as const'],
    ['export const enum Colour { Red }', '1:8', 'enum', 'as const'],
    ['namespace N {\n export const k = 2; }', '1:1', 'namespace', 'a file of their own'],
    ['class P { constructor(private k = 1) {} }', '1:23', 'parameter property', 'this.k = k'],
    ["import fs = require('fs');", '1:1', 'import =', 'import * as name'],
    ['const a = 1;\nexport = a;', '2:1', 'export =', 'export default'],
    ['const a = <number>b;', '1:11', 'angle brackets', 'as Type'],
    ['const a = b + c as number * d;', '1:11', 'order of evaluation', 'parentheses'],
    ['const a = b ** c as number ** d;', '1:11', 'order of evaluation', 'parentheses'],
    ['@mark class A {}', '1:1', 'decorators', 'Call the function yourself'],
    ['class A { m(@mark a: number) {} }', '1:13', 'decorators', 'Call the function yourself'],
    ['class A { accessor x: number = 1; }', '1:20', 'SyntaxError', 'getter'],
    ["import a from './a.json' assert { type: 'json' };", '1:26', 'SyntaxError', 'with'],
  ])('%s', (source, place, message, hint) => {
    const refusal = refusalOf(source);
    expect(refusal.place).toBe(place);
    expect(refusal.message).toContain(message);
    expect(refusal.hint).toContain(hint);
  });

  it.each([
    ['const a: number = ;', '1:19'],
    ['let a: = 1;', '1:8'],
    ['f(\n  1,\n  2', '3:4'],
    ['const a = { b: 1,, };', '1:18'],
    ["const a = 'open", '1:11'],
    ['const a = 1; const a = 2;', '1:20'],
    ['await 1; return 2;', '1:10'],
  ])('text that is no TypeScript, where it ends to be: %s', (source, place) => {
    expect(refusalOf(source)).toMatchObject({ place, message: expect.stringMatching(/^SyntaxError: /) });
  });
});

describe('stripTypes survives deep nesting', () => {
  const nestings: [name: string, open: string, close: string][] = [
    ['parentheses', '(', ')'],
    ['arrays', '[', ']'],
    ['objects', '{ a: ', '}'],
    ['calls', 'f(', ')'],
    ['arrows', '(x: number) => (', ')'],
    ['blocks', '() => { return ', '}'],
    ['types', '(null as Array<', '>)'],
  ];

  it.each(nestings)('of %s, closed or not', (_name, open, close) => {
    for (const depth of [10, 1000, 100_000]) {
      for (const closing of [close, '']) {
        const source = `const a = 1;\nconst b = ${open.repeat(depth)}1${closing.repeat(depth)};\n`;
        try {
          expectInPlace(source, stripTypes(source, 'a.ts'));
        } catch (error) {
          expect(readSyntaxError(error)?.place).toMatchObject({ file: 'a.ts' });
        }
        expect(stripTypes('let a: number;', 'b.ts')).toBe('let a        ;');
      }
    }
  });
});

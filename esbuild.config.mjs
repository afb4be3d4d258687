// Bundles the extension host, the engine process with its workers, the command line, the webview and the types of `depth-lab`.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { writeDeclarations } from './declarations.mjs';
import { licenceOf, packagesOf } from './licences.mjs';

const production = process.argv.includes('--production');
const common = {
  bundle: true,
  metafile: true,
  sourcemap: !production,
  minify: false,
  logLevel: 'warning',
  target: 'node20',
};

/** Leaves an import for run time, under the name that the bundle has there. */
const external = (specifier, bundle) => ({
  name: `external ${specifier}`,
  setup({ onResolve }) {
    const filter = new RegExp(`^${specifier.replaceAll('.', '\\.')}$`);
    onResolve({ filter }, ({ kind }) => (kind === 'dynamic-import' ? { path: bundle, external: true } : null));
  },
});

rmSync('dist', { recursive: true, force: true });
mkdirSync('dist/types', { recursive: true });

const bundles = await Promise.all([
  build({
    ...common,
    entryPoints: { extension: 'extension/activation.ts', main: 'extension/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    // What activates the extension stays small: it loads the rest at run time, with a `require` that knows `vscode`.
    plugins: [external('./main.ts', './main.cjs')],
    supported: { 'dynamic-import': false },
  }),
  // One graph of modules with shared chunks: the lab file's `depth-lab` and the engine's are the same module instance.
  build({
    ...common,
    entryPoints: {
      cli: 'extension/cli/main.ts',
      engine: 'extension/engine/main.ts',
      evaluator: 'extension/evaluator/main.ts',
      evaluatorWorker: 'extension/evaluator/worker.ts',
      loader: 'extension/evaluator/loader/hooks.ts',
      sources: 'extension/engine/sources/worker.ts',
      worker: 'extension/engine/cpu/worker.ts',
      helper: 'extension/engine/cpu/helper.ts',
      gpuWorker: 'extension/engine/gpu/worker.ts',
      calibrate: 'extension/engine/gpu/costs/main.ts',
      theoryWorker: 'extension/engine/theory/worker.ts',
      lab: 'extension/lab/index.ts',
    },
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    // Dawn is loaded where it is installed; GPU.js asks for a WebGL that it does without.
    external: ['webgpu', 'gl'],
    // Parts of scripts in Python and of programs in C are texts.
    // HiGHS's WebAssembly travels in a chunk of its own, which is read with the first linear program.
    loader: { '.wasm': 'binary', '.py': 'text', '.c': 'text' },
    define: { BUNDLED: 'true' },
    // Packages in CommonJS form call `require` for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  }),
  build({
    ...common,
    entryPoints: {
      webview: 'webview/main.ts',
      experiments: 'webview/experiments/main.ts',
      standalone: 'webview/standalone/host.ts',
    },
    outdir: 'dist',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: production,
    loader: { '.css': 'css' },
  }),
]);

// What figures are drawn with is read when a figure is drawn.
const copied = {
  'dejavu-fonts-ttf/ttf/DejaVuSans.ttf': 'DejaVuSans.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf': 'DejaVuSans-Bold.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSerif.ttf': 'DejaVuSerif.ttf',
  'dejavu-fonts-ttf/ttf/DejaVuSerif-Bold.ttf': 'DejaVuSerif-Bold.ttf',
  'harfbuzzjs/dist/harfbuzz-subset.wasm': 'harfbuzz-subset.wasm',
  '@resvg/resvg-wasm/index_bg.wasm': 'resvg.wasm',
};
mkdirSync('dist/figures');
for (const [from, to] of Object.entries(copied)) copyFileSync(`node_modules/${from}`, `dist/figures/${to}`);

if (!process.argv.includes('--no-types')) writeDeclarations('dist/types/index.d.ts');

// The page of the packed extension: there, VS Code opens neither pictures nor links that lie beside the page.
const readme = readFileSync('README.md', 'utf8')
  .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, '')
  .replace(/\[([^\]]*)\]\((?!https?:|mailto:|#)[^)]*\)/g, '$1');
writeFileSync('dist/readme.md', readme);

const copies = Object.fromEntries(Object.keys(copied).map((file) => [`node_modules/${file}`, {}]));
const packages = packagesOf([...bundles.map(({ metafile }) => metafile), { inputs: copies }]);
writeFileSync('dist/third-party-licences.txt', `${packages.map(licenceOf).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
mkdirSync('.cache', { recursive: true });
// For the tests: what was bundled.
writeFileSync(
  '.cache/bundled.json',
  JSON.stringify([...bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs)), ...Object.keys(copies)]),
);

/** HiGHS's WebAssembly, as esbuild's loader `binary` gives it in the bundle. */
declare module 'highs/runtime' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/** Set by `esbuild.config.mjs`; from the sources, where nothing defines it, HiGHS finds its file in its package. */
declare const BUNDLED: boolean | undefined;

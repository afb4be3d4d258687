/** The WebAssembly of HiGHS, inlined by esbuild's `binary` loader. */
declare module 'highs/runtime' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}

/**
 * Defined by `esbuild.config.mjs`. It is undefined when running from source; HiGHS then loads its file from its
 * package.
 */
declare const BUNDLED: boolean | undefined;

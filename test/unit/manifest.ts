import { readFileSync } from 'node:fs';

/** The manifest as it is written: texts that users read are placeholders, `%key%`. */
export const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** The texts behind the placeholders, by their keys. */
export const texts: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));

/** Every placeholder in the manifest. */
export const placeholders = (JSON.stringify(manifest).match(/"%[^"]*%"/g) ?? []).map((found) => found.slice(2, -2));

/** The manifest as VS Code gives it to the extension. */
export const readManifest = () =>
  JSON.parse(JSON.stringify(manifest), (_key, value: unknown) =>
    typeof value === 'string' ? value.replace(/^%(.*)%$/, (placeholder, key) => texts[key] ?? placeholder) : value,
  );

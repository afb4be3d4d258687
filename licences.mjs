/** The licences of everything that is bundled: they travel with it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const mit = (holder) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Packages that name the MIT licence and are published without its text; the holder is named in their repository. */
const withoutText = new Map([
  ...['fast-element', 'fast-foundation', 'fast-web-utilities'].map((name) => [
    `@microsoft/${name}`,
    mit('Microsoft Corporation. All rights reserved.'),
  ]),
  ...['brotli', 'dfa', 'fontkit'].map((name) => [name, mit('Devon Govett <devongovett@gmail.com>')]),
]);

/** Packages of which the program distributes compiled code under a licence that asks to say where the source is. */
const withSource = new Map([
  [
    '@resvg/resvg-wasm',
    'Copyright the authors of resvg and resvg-js. Permission to use, change and distribute it is given by the Mozilla Public License 2.0 (https://www.mozilla.org/MPL/2.0/). It is provided on an “as is” basis, without warranty of any kind. This is compiled code, unchanged as published; its source is at https://github.com/yisibl/resvg-js and https://github.com/linebender/resvg.',
  ],
]);

/** The folders of the packages whose files esbuild has bundled. */
export function packagesOf(metafiles) {
  const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files.flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

/**
 * The licence of a package with its name and version.
 * @throws Error for a package without a text
 */
export function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file
    ? readFileSync(path.join(folder, file), 'utf8').trim()
    : license === 'MIT'
      ? withoutText.get(name)
      : withSource.get(name);
  if (!text) throw new Error(`${name} ${version} (${license}) has no licence text: add it to licences.mjs`);
  return `${name} ${version}\n\n${text}`;
}

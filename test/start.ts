/**
 * `npm start`: builds, shows a first result in the terminal, and opens the gallery in VS Code with the extension:
 * the desktop's where there is one, else one served on this machine.
 */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { cache, mustRun, root, run } from './tools/process.ts';
import { packExtension } from './tools/vsix.ts';
import { QUIET_SETTINGS, startServer } from './workbench/server.ts';
import { prepareVSCode } from './workbench/vscode.ts';

const gallery = path.join(root, 'media/gallery');
const first = path.join(gallery, 'sparse-classifier.lab.ts');

/** The path of a program that the user can start by name, or null. */
function onPath(program: string): string | null {
  const names = process.platform === 'win32' ? [`${program}.cmd`, `${program}.exe`] : [program];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return (
    folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find((file) => existsSync(file)) ?? null
  );
}

/** Serves VS Code until it is told to stop. Only who has the printed address can connect. */
async function serve(ready: Promise<void>, vsix: string): Promise<void> {
  await ready;
  const server = await startServer({
    extensions: [vsix],
    settings: QUIET_SETTINGS,
    token: randomBytes(24).toString('hex'),
    home: path.join(cache, 'start'),
  });
  const payload = JSON.stringify([['openFile', `vscode-remote://127.0.0.1:${server.port}${first}`]]);
  console.log(
    `\nDepth Lab in VS Code, with the gallery open:\n\n  ${server.address(gallery, { payload })}\n\nStop it with Ctrl+C.`,
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.stop().then(() => process.exit(0)));
  }
}

console.log('Building …');
const vsix = await packExtension('quiet');
const desktop = onPath('code');
const ready = desktop ? Promise.resolve() : prepareVSCode('quiet');
// Its error is reported when it is awaited.
ready.catch(() => {});
console.log(`\n$ depth-lab run ${path.relative(root, first)}\n`);
await run(process.execPath, [path.join(root, 'dist/cli.js'), 'run', first]);
if (desktop) {
  await mustRun(desktop, [`--extensionDevelopmentPath=${root}`, '--new-window', gallery, first], {
    shell: process.platform === 'win32',
  });
} else {
  console.log('\nSetting up VS Code …');
  await serve(ready, vsix);
}

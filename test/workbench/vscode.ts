/**
 * A real VS Code for tests: the server inside the package code-server, whose own install scripts never run.
 * Installed on demand into test/workbench/vscode/node_modules; what is there is used again.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { mustRun, type Output, root } from '../tools/process.ts';

const home = path.join(root, 'test/workbench/vscode');
const server = path.join(home, 'node_modules/code-server/lib/vscode');

/** The server's entry point. */
export const serverMain = path.join(server, 'out/server-main.js');

/** Installs and prepares VS Code where that has not been done. */
export async function prepareVSCode(output: Output = 'shown'): Promise<void> {
  const lock = readFileSync(path.join(home, 'package-lock.json'), 'utf8');
  const stamp = path.join(home, 'node_modules/.prepared');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  if (output === 'shown') console.log('Installing VS Code for the workbench (once) …');
  const install = (folder: string, ...flags: string[]) =>
    mustRun('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...flags], {
      cwd: folder,
      shell: process.platform === 'win32',
      output,
    });
  await install(home);
  // The shrinkwraps inside lack a peer dependency, so that a strict install refuses them.
  await install(server, '--omit=dev', '--legacy-peer-deps');
  await install(path.join(server, 'extensions'), '--omit=dev', '--legacy-peer-deps');
  link('node_modules', path.join(server, 'node_modules.asar'));
  // Quick Open and `findFiles` need ripgrep, which an install without scripts has not fetched; its package brings it along.
  const { rgPath } = createRequire(path.join(home, 'package.json'))('@vscode/ripgrep') as { rgPath: string };
  link(rgPath, path.join(server, 'node_modules/@vscode/ripgrep/bin/rg'));
  writeFileSync(stamp, lock);
}

function link(target: string, at: string): void {
  mkdirSync(path.dirname(at), { recursive: true });
  rmSync(at, { recursive: true, force: true });
  symlinkSync(target, at);
}

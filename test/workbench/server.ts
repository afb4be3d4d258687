/** Serves a real VS Code on this machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serverMain } from './vscode.ts';

/** Settings that keep the workbench quiet and the same every time. */
export const QUIET_SETTINGS: Record<string, unknown> = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Besides, what a test types stays as it is. */
export const TEST_SETTINGS: Record<string, unknown> = {
  ...QUIET_SETTINGS,
  'depthLab.provideTypes': 'always',
  'depthLab.store': 'off',
  // The lines of the tests' experiment keep their places, and have room for their results.
  'depthLab.inlineResults.column': 130,
  'depthLab.lenses.only': false,
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'files.autoSave': 'off',
  // One TypeScript server for each window is enough; each takes a core for seconds.
  'typescript.tsserver.useSyntaxServer': 'never',
};

export interface ServerOptions {
  /** Packed extensions to install. */
  extensions: readonly string[];
  /** User settings. */
  settings: Record<string, unknown>;
  /** A secret that the address must carry; null: everyone on this machine may connect, for tests only. */
  token: string | null;
  env?: Record<string, string>;
  /** Where the server keeps its data; a temporary folder, deleted at the end, unless given. */
  home?: string;
}

export interface Server {
  port: number;
  /** The id of its process. */
  process: number;
  /** Where user settings and installed extensions are. */
  home: string;
  /** The address that opens a folder, with further parameters. */
  address(folder: string, parameters?: Record<string, string>): string;
  log(): string;
  stop(): Promise<void>;
}

/** Starts a server and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const home = options.home ?? mkdtempSync(path.join(tmpdir(), 'depth-lab-vscode-'));
  const extensions = path.join(home, 'extensions');
  const data = path.join(home, 'data');
  // The server itself makes one level of folders only.
  for (const folder of [extensions, path.join(data, 'data/User'), path.join(data, 'data/Machine')]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(path.join(data, 'data/User/settings.json'), JSON.stringify(options.settings, null, 2));
  const base = [
    serverMain,
    ...['--extensions-dir', extensions, '--server-data-dir', data],
    ...['--accept-server-license-terms', '--disable-telemetry'],
  ];
  for (const extension of options.extensions) await toEnd([...base, '--install-extension', extension, '--force']);
  const access =
    options.token === null
      ? ['--without-connection-token', '--enable-smoke-test-driver']
      : ['--connection-token', options.token];
  const child = spawn(process.execPath, [...base, '--host', '127.0.0.1', '--port', '0', ...access], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  // A runner that dies must not leave the server behind.
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk));
  const port = await listening(child, () => log);
  return {
    port,
    process: child.pid as number,
    home,
    address(folder, parameters = {}) {
      const token: Record<string, string> = options.token === null ? {} : { tkn: options.token };
      return `http://127.0.0.1:${port}/?${new URLSearchParams({ ...token, folder, ...parameters })}`;
    },
    log: () => log,
    async stop() {
      process.removeListener('exit', kill);
      await stopped(child);
      if (!options.home) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

function toEnd(args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (log += chunk));
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(log.slice(-4000)))));
  });
}

function listening(child: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearInterval(poll);
      reject(new Error(`VS Code's server ${why}\n${log().slice(-4000)}`));
    };
    const deadline = Date.now() + 60_000;
    const poll = setInterval(() => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port) {
        clearInterval(poll);
        resolve(Number(port));
      } else if (Date.now() > deadline) fail('did not start');
    }, 20);
    child.once('exit', (code) => fail(`ended with status ${code}`));
  });
}

function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const insist = setTimeout(() => child.kill('SIGKILL'), 4000);
    child.once('exit', () => {
      clearTimeout(insist);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

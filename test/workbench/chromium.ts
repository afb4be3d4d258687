/** The browser that shows the workbench to the tests. */
import { existsSync } from 'node:fs';
import { mustRun, run } from '../tools/process.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Command-line switches: no traffic of its own, drawing without a graphics card. */
export const CHROMIUM_SWITCHES = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-gpu',
];

/** The browser's path, null where there is none. `CHROMIUM` names another one. */
export function findChromium(): string | null {
  const chosen = process.env.CHROMIUM;
  return [...(chosen ? [chosen] : []), ...PLACES].find((place) => existsSync(place)) ?? null;
}

/** Finds the browser or installs Debian's. */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  const advice =
    'The workbench tests need Chromium: install it (Debian: `apt-get install chromium`) or set CHROMIUM to its path.';
  if (process.platform !== 'linux') throw new Error(advice);
  const isRoot = process.getuid?.() === 0;
  const privileged = (...command: string[]) => {
    const [program = '', ...args] = isRoot ? command : ['sudo', '-n', ...command];
    return mustRun(program, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  try {
    console.log('Installing Chromium (once) …');
    if (!isRoot && (await run('sudo', ['-n', 'true'])) !== 0) throw new Error('no right to install packages');
    await privileged('apt-get', 'update', '-q');
    await privileged('apt-get', 'install', '-q', '-y', '--no-install-recommends', 'chromium');
  } catch (error) {
    throw new Error(advice, { cause: error });
  }
  const installed = findChromium();
  if (!installed) throw new Error(advice);
  return installed;
}

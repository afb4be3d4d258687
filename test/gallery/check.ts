/** Checks the claims of a lab file with the built command line. */
import { spawn } from 'node:child_process';

export type Outcome = 'holds' | 'fails' | 'error' | 'slow';

/** Milliseconds for one file: what takes longer is stopped, and its claims have no outcome. */
const PATIENCE = 90_000;

interface PrintedClaim {
  kind: string;
  claim: string;
  holds: boolean;
  error: string | null;
}

/** The outcome of each claim that could be evaluated. */
export async function checked(file: string): Promise<Map<string, Outcome>> {
  const stdout = await new Promise<string>((resolve) => {
    const child = spawn(process.execPath, ['dist/cli.js', 'check', file, '--json', '--no-store', '--code-time', '60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const timer = setTimeout(() => child.kill('SIGINT'), PATIENCE);
    let text = '';
    child.stdout.on('data', (piece) => (text += piece));
    child.on('close', () => {
      clearTimeout(timer);
      resolve(text);
    });
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const claims = lines.map((line) => JSON.parse(line) as PrintedClaim).filter(({ kind }) => kind === 'claim');
  return new Map(claims.map(({ claim, holds, error }) => [claim, holds ? 'holds' : outcomeOf(error)]));
}

/** A claim of a sweep says at which points it does not hold; any other reason is that it could not be evaluated. */
function outcomeOf(error: string | null): Outcome {
  return error === null || error.startsWith('it does not hold') ? 'fails' : 'error';
}

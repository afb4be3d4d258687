import { fork } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { dist } from './labFile.ts';

it('ends when whoever started it has gone before it was ready', async () => {
  const child = fork(path.join(dist, 'engine.js'), { stdio: 'ignore' });
  const ended = new Promise<string>((resolve) => child.once('exit', () => resolve('ended')));
  child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
  expect(child.signalCode).toBe(null);
});

/** `--reporter github`: what GitHub Actions shows beside the lines of a pull request (workflow commands). */
import { relative, sep } from 'node:path';
import type { EngineEvent } from '../../engine/protocol.ts';
import { claimNumbers } from '../../report/claimText.ts';
import type { ExitStatus } from '../exitStatus.ts';
import type { Refusal } from '../labFile.ts';
import { printableName } from '../printable.ts';
import type { Receiver } from '../training.ts';
import { claimPlaces, type Place } from './places.ts';

/** Adds annotations to what another receiver prints. */
export class GithubReporter implements Receiver {
  private placeOf: (claim: string) => Place = () => ({ line: 1, column: 1 });

  constructor(private readonly inner: Receiver) {}

  get status(): ExitStatus {
    return this.inner.status;
  }

  refuse(file: string, refusal: Refusal): void {
    this.inner.refuse(file, refusal);
    annotate(file, { line: 1, column: 1 }, [refusal.message, refusal.hint ?? ''].filter(Boolean).join(' '));
  }

  take(event: EngineEvent, file: string): void {
    this.inner.take(event, file);
    if (event.type === 'planned') this.placeOf = claimPlaces(file, event.grid);
    if (event.type === 'failed') {
      const { failure } = event;
      const text = [failure.message, failure.hint ?? ''].filter(Boolean).join('\n');
      annotate(failure.file ?? file, { line: failure.line, column: failure.column }, text);
    }
    if (event.type !== 'claimed') return;
    for (const result of event.claims) {
      if (result.holds) continue;
      const why = result.error ?? claimNumbers(result);
      annotate(file, this.placeOf(result.claim), `${result.claim}: does not hold${why ? ` (${why})` : ''}`);
    }
  }

  end(isComplete: boolean): void {
    this.inner.end(isComplete);
  }
}

function annotate(file: string, { line, column }: Place, text: string): void {
  const properties = {
    file: relative(process.cwd(), file).split(sep).join('/'),
    line: String(line),
    col: String(column),
    title: 'Depth Lab',
  };
  const shown = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
  process.stdout.write(`::error ${shown.join(',')}::${message(text.split('\n').map(printableName).join('\n'))}\n`);
}

const message = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string) => message(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

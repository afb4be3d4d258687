/** `--reporter junit`: claims as test cases in the XML that CI servers read, on standard output. */
import type { EngineEvent } from '../../engine/protocol.ts';
import { claimNumbers } from '../../report/claimText.ts';
import type { Failure } from '../../report/failure.ts';
import { xmlText } from '../../report/xml.ts';
import { ExitStatus } from '../exitStatus.ts';
import { type Refusal, refusalText } from '../labFile.ts';
import { printableName } from '../printable.ts';
import { Progress } from '../progress.ts';
import { failureText, shortened } from '../report.ts';
import type { Receiver } from '../training.ts';
import { claimPlaces, type Place } from './places.ts';

interface Case {
  name: string;
  line: number | null;
  outcome: { kind: 'failure' | 'error'; text: string } | null;
}

/** An experiment, or a file that could not be run. */
interface Suite {
  name: string;
  file: string;
  cases: Case[];
  seconds: number;
}

export class JUnitReporter implements Receiver {
  status = ExitStatus.Well;
  private readonly suites: Suite[] = [];
  private readonly progress = new Progress();
  private placeOf: (claim: string) => Place = () => ({ line: 1, column: 1 });

  refuse(file: string, refusal: Refusal): void {
    this.status = ExitStatus.Wrong;
    process.stderr.write(refusalText(file, refusal));
    const text = [refusal.message, refusal.hint ?? ''].filter(Boolean).join(' ');
    this.suiteOf(file, file).cases.push({ name: 'can be run', line: null, outcome: { kind: 'error', text } });
  }

  take(event: EngineEvent, file: string): void {
    switch (event.type) {
      case 'planned':
        this.placeOf = claimPlaces(file, event.grid);
        this.suiteOf(event.grid.experiment, file);
        this.progress.start(event.grid.runs.length);
        break;
      case 'claimed':
        this.progress.stop();
        this.suiteOf(event.experiment, file).cases.push(
          ...event.claims.map((result): Case => {
            if (!result.holds && this.status === ExitStatus.Well) this.status = ExitStatus.ClaimFailed;
            const { line } = this.placeOf(result.claim);
            return { name: result.claim, line, outcome: outcomeOf(result) };
          }),
        );
        break;
      case 'finished':
        this.suiteOf(event.experiment, file).seconds = event.seconds;
        break;
      case 'failed':
        this.fail(event.failure, file);
        break;
      case 'noted':
        process.stderr.write(`depth-lab: ${printableName(event.note)}\n`);
        break;
    }
  }

  end(): void {
    this.progress.stop();
    process.stdout.write(xml(this.suites));
  }

  private fail(failure: Failure, file: string): void {
    this.progress.stop();
    this.status = ExitStatus.Wrong;
    const text = failureText(failure, shortened);
    process.stderr.write(text);
    const suite = this.suiteOf(failure.experiment ?? file, file);
    suite.cases.push({ name: 'can be run', line: failure.line, outcome: { kind: 'error', text: text.trim() } });
  }

  private suiteOf(name: string, file: string): Suite {
    const known = this.suites.find((suite) => suite.name === name && suite.file === file);
    if (known) return known;
    const suite: Suite = { name, file, cases: [], seconds: 0 };
    this.suites.push(suite);
    return suite;
  }
}

function outcomeOf({
  holds,
  error,
  ...numbers
}: Parameters<typeof claimNumbers>[0] & { holds: boolean; error: string | null }): Case['outcome'] {
  if (holds) return null;
  return error === null
    ? { kind: 'failure', text: claimNumbers(numbers) || 'does not hold' }
    : { kind: 'error', text: error };
}

function xml(suites: readonly Suite[]): string {
  const lines = suites.map(({ name, file, cases, seconds }) => {
    const className = attribute(file.replace(/\.lab\.m?[jt]s$/, '').replaceAll(/[\\/]/g, '.'));
    const inner = cases.map((one) => {
      const at = one.line === null ? '' : ` line="${one.line}"`;
      const head = `    <testcase classname="${className}" name="${attribute(one.name)}" file="${attribute(file)}"${at}`;
      if (!one.outcome) return `${head}/>`;
      const { kind, text } = one.outcome;
      const [first = ''] = text.split('\n');
      return `${head}>\n      <${kind} message="${attribute(first)}">${xmlText(text)}</${kind}>\n    </testcase>`;
    });
    const counts = `tests="${cases.length}" failures="${countOf(cases, 'failure')}" errors="${countOf(cases, 'error')}"`;
    const head = `  <testsuite name="${attribute(name)}" file="${attribute(file)}" ${counts} time="${seconds.toFixed(3)}"`;
    return inner.length === 0 ? `${head}/>` : `${head}>\n${inner.join('\n')}\n  </testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="Depth Lab">\n${lines.join('\n')}\n</testsuites>\n`;
}

const countOf = (cases: readonly Case[], kind: 'failure' | 'error') =>
  cases.filter(({ outcome }) => outcome?.kind === kind).length;

/** Line breaks in attributes would be read as spaces. */
const attribute = (text: string) => xmlText(text).replaceAll('\n', '&#10;');

import { SingleBar } from 'cli-progress';

/** A progress bar on the terminal; nothing where standard error goes elsewhere. */
export class Progress {
  private bar: SingleBar | null = null;

  start(total: number): void {
    this.stop();
    if (!process.stderr.isTTY) return;
    this.bar = new SingleBar({
      format: '  {bar} {value}/{total} runs · {duration_formatted}',
      clearOnComplete: true,
      hideCursor: true,
    });
    this.bar.start(total, 0);
  }

  update(value: number): void {
    this.bar?.update(value);
  }

  stop(): void {
    this.bar?.stop();
    this.bar = null;
  }
}

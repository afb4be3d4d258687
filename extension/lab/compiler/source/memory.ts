/**
 * What the function that is read has written so far. Both sides of a traced condition start from one state: what a side
 * has written is collected and undone, and the sides are merged when both are known.
 */
import type { Cell } from './cell.ts';

/** The values of the cells that a path has written. */
export type Changes = ReadonlyMap<Cell, unknown>;

/** The beginning of a stretch of the path. */
export interface Mark {
  readonly position: number;
  readonly level: number;
  readonly outer: number;
}

export class Memory {
  private readonly trail: { cell: Cell; before: unknown }[] = [];
  private level = 0;
  private levels = 0;

  /** The level at which what is made now is born. */
  get now(): number {
    return this.level;
  }

  open(): Mark {
    const mark = { position: this.trail.length, outer: this.level, level: ++this.levels };
    this.level = mark.level;
    return mark;
  }

  /** Ends a stretch; what it has written stays. */
  commit(mark: Mark): void {
    this.level = mark.outer;
    if (mark.outer === 0) this.trail.length = 0;
  }

  /** Ends a stretch; what it has written is handed over, and undone. */
  close(mark: Mark): Changes {
    const changes = new Map<Cell, unknown>();
    for (let i = mark.position; i < this.trail.length; i++) {
      const { cell } = this.trail[i];
      if (cell.born < mark.level) changes.set(cell, cell.value);
    }
    this.undo(mark);
    this.level = mark.outer;
    return changes;
  }

  /** Undoes what was written since the mark; what was made since then keeps its state. */
  undo(mark: Mark): void {
    for (let i = this.trail.length - 1; i >= mark.position; i--) {
      const { cell, before } = this.trail[i];
      if (cell.born >= mark.level) continue;
      cell.value = before;
      cell.stamp = 0;
      cell.owner = 0;
    }
    this.trail.length = mark.position;
  }

  /** A copy of what was written since the mark. */
  since(mark: Mark): Changes {
    const changes = new Map<Cell, unknown>();
    for (let i = mark.position; i < this.trail.length; i++) {
      const { cell } = this.trail[i];
      changes.set(cell, cell.value);
      // Its content now stands in the copy as well: the next change is one of a content of its own.
      cell.owner = 0;
    }
    return changes;
  }

  /** What the cells that were written since the mark held at the mark. */
  before(mark: Mark): Map<Cell, unknown> {
    const values = new Map<Cell, unknown>();
    for (let i = mark.position; i < this.trail.length; i++) {
      const { cell, before } = this.trail[i];
      if (!values.has(cell)) values.set(cell, before);
    }
    return values;
  }

  write<T>(cell: Cell<T>, value: T): void {
    if (cell.stamp !== this.level) {
      this.trail.push({ cell: cell as Cell, before: cell.value });
      cell.stamp = this.level;
    }
    cell.value = value;
    cell.owner = 0;
  }

  /** The content of a cell, to be changed in place. */
  change<T>(cell: Cell<T>, copy: (content: T) => T): T {
    if (cell.owner !== this.level || this.level === 0) {
      this.write(cell, copy(cell.value));
      cell.owner = this.level;
    }
    return cell.value;
  }

  apply(changes: Changes): void {
    for (const [cell, value] of changes) if (!Object.is(cell.value, value)) this.write(cell, value);
  }
}

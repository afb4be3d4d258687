/**
 * The writes of the traced function. Both branches of a traced condition start from the same state: the writes of each
 * branch are recorded and undone, and then merged.
 */
import type { Cell } from './cell.ts';

/** The values of the cells written on a path. */
export type Changes = ReadonlyMap<Cell, unknown>;

/** The start of a section of the path. */
export interface Mark {
  readonly position: number;
  readonly level: number;
  readonly outer: number;
}

export class Memory {
  private readonly trail: { cell: Cell; before: unknown }[] = [];
  private level = 0;
  private levels = 0;

  /** The current level, assigned to new cells. */
  get now(): number {
    return this.level;
  }

  open(): Mark {
    const mark = { position: this.trail.length, outer: this.level, level: ++this.levels };
    this.level = mark.level;
    return mark;
  }

  /** Ends a section and keeps its writes. */
  commit(mark: Mark): void {
    this.level = mark.outer;
    if (mark.outer === 0) this.trail.length = 0;
  }

  /** Ends a section, undoes its writes and returns them. */
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

  /** Undoes the writes since the mark; cells created since then keep their state. */
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

  /** A copy of the writes since the mark. */
  since(mark: Mark): Changes {
    const changes = new Map<Cell, unknown>();
    for (let i = mark.position; i < this.trail.length; i++) {
      const { cell } = this.trail[i];
      changes.set(cell, cell.value);
      // The content is now shared with the copy, so the next change must copy it first.
      cell.owner = 0;
    }
    return changes;
  }

  /** The values at the mark of the cells written since then. */
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

  /** The content of a cell, for modification in place. */
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

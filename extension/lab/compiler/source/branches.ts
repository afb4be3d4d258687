/** Conditions that depend on the parameters: both branches are interpreted with separate memory, and merged. */
import type { NodeId } from '../graph.ts';
import type { Cell } from './cell.ts';
import type { Exit, Frame, Outcome, Reading } from './frame.ts';
import type { Changes, Mark } from './memory.ts';
import { merge, mergeCell } from './tracedValues.ts';

/** A conditional expression. */
export function choose(frame: Frame, test: NodeId, yes: () => unknown, no: () => unknown): unknown {
  const { reading } = frame;
  const known = reading.known(test);
  if (known !== null) return known ? yes() : no();
  const [first, second] = [side(reading, test, true, yes), side(reading, test, false, no)];
  meet(reading, test, first.changes, second.changes);
  return merge(reading.g, test, first.result, second.result);
}

/** A conditional statement. */
export function branch(frame: Frame, test: NodeId, yes: () => Outcome, no: () => Outcome): Outcome {
  const { reading } = frame;
  const known = reading.known(test);
  if (known !== null) return known ? yes() : no();
  const [first, second] = [side(reading, test, true, yes), side(reading, test, false, no)];
  const [a, b] = [first.result, second.result];
  const { g } = reading;
  const exits = [
    ...a.exits.map((exit) => guarded(reading, test, exit)),
    // If the first branch always exits, reaching an exit of the second branch implies that the second branch is taken.
    ...(a.continues ? b.exits.map((exit) => guarded(reading, g.unary('not', test), exit)) : b.exits),
  ];
  if (a.continues && b.continues) {
    meet(reading, test, first.changes, second.changes);
  } else if (a.continues || b.continues) {
    reading.memory.apply(a.continues ? first.changes : second.changes);
    // The path that continues is in this branch.
    reading.assume(test, a.continues);
  }
  return { exits, continues: a.continues || b.continues };
}

function side<T>(reading: Reading, test: NodeId, holds: boolean, read: () => T): { result: T; changes: Changes } {
  const { assumptions } = reading;
  const mark = reading.memory.open();
  reading.assume(test, holds);
  const result = read();
  const changes = reading.memory.close(mark);
  reading.forget(assumptions);
  return { result, changes };
}

function meet(reading: Reading, test: NodeId, yes: Changes, no: Changes): void {
  for (const cell of new Set([...yes.keys(), ...no.keys()])) {
    const [a, b] = [yes.has(cell) ? yes.get(cell) : cell.value, no.has(cell) ? no.get(cell) : cell.value];
    const merged = mergeCell(reading.g, cell, test, a, b);
    if (!Object.is(merged, cell.value)) reading.memory.write(cell, merged);
  }
}

function guarded(reading: Reading, test: NodeId, exit: Exit): Exit {
  return { ...exit, guard: exit.guard === null ? test : reading.g.binary('and', test, exit.guard) };
}

/** The start of a statement that may be the target of exits. */
export interface Start {
  mark: Mark;
  assumptions: number;
}

export function begin({ memory, assumptions }: Reading): Start {
  return { mark: memory.open(), assumptions };
}

/**
 * Merges the exits that end here with the fall-through path: memory and `value` become those of the path taken. Writes
 * are kept.
 */
export function settle(
  { reading }: Frame,
  { mark, assumptions }: Start,
  outcome: Outcome,
  endsHere: (exit: Exit) => boolean,
): { outcome: Outcome; value: unknown } {
  const { g, memory } = reading;
  const joined: Exit[] = [];
  const exits: Exit[] = [];
  for (const exit of outcome.exits) {
    if (endsHere(exit)) {
      joined.push(exit);
      continue;
    }
    // A path that ends here does not reach later exits.
    const missed = joined.map(({ guard }) => g.unary('not', guard as NodeId));
    const guards = exit.guard === null ? missed : [...missed, exit.guard];
    const guard = guards.length === 0 ? null : guards.reduce((a, b) => g.binary('and', a, b));
    exits.push({ ...exit, guard });
  }
  let value: unknown;
  const last = outcome.continues ? undefined : joined.pop();
  const before = memory.before(mark);
  for (const { changes } of last ? [...joined, last] : joined) {
    // Cells that have not been written since the mark keep their value.
    for (const cell of changes.keys()) if (!before.has(cell)) before.set(cell, cell.value);
  }
  if (last) {
    memory.undo(mark);
    memory.apply(last.changes);
    value = last.value;
  }
  const held = ({ changes }: Exit, cell: Cell) => (changes.has(cell) ? changes.get(cell) : before.get(cell));
  for (const exit of joined.reverse()) {
    const guard = exit.guard as NodeId;
    for (const cell of before.keys()) {
      const merged = mergeCell(g, cell, guard, held(exit, cell), cell.value);
      if (!Object.is(merged, cell.value)) memory.write(cell, merged);
    }
    value = merge(g, guard, exit.value, value);
  }
  memory.commit(mark);
  const isJoined = joined.length > 0 || last !== undefined;
  // The continuing path may have come from either branch.
  if (isJoined) reading.forget(assumptions);
  return { outcome: { exits, continues: outcome.continues || isJoined }, value };
}

/** An exit of the given kind, with the writes of the call so far. */
export function exit(
  frame: Frame,
  kind: Exit['kind'],
  { label = null, value }: { label?: string | null; value?: unknown },
): Outcome {
  const changes = frame.reading.memory.since(frame.mark);
  return { exits: [{ kind, label, value, guard: null, changes }], continues: false };
}

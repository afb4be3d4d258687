/** Python expressions, and when they need brackets. */
import type { Shape } from '../../lab/compiler/shape.ts';

/** How tightly an expression binds, from loose to tight. */
export const Binding = { Relation: 0, Sum: 1, Product: 2, Sign: 3, Power: 4, Atom: 5 } as const;

export type Binding = (typeof Binding)[keyof typeof Binding];

export interface Expression {
  text: string;
  binding: Binding;
  /** The shape that NumPy gives it, which may be that of the node without repeated axes. */
  shape: Shape;
  /** Whether it is True or False where the graph has 1 or 0. */
  isTruth?: boolean;
}

export function atom(text: string, shape: Shape): Expression {
  return { text, binding: Binding.Atom, shape };
}

/** The text of an operand, in brackets if it binds less tightly than it must. */
export function bracketed({ text, binding }: Expression, least: Binding): string {
  return binding < least ? `(${text})` : text;
}

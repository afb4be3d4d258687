/** What a script is put together from while its experiment is read. */
import { isPacked } from './literals.ts';
import { identifier } from './names.ts';
import type { Dialect, PartName } from './parts.ts';

export class ScriptParts {
  readonly parts = new Set<PartName>(['data', 'main']);
  /** Functions of this experiment alone, by their text, so that equal ones are defined once. */
  private readonly functions = new Map<string, string>();
  /** Constants by their expression. */
  private readonly constants = new Map<string, string>();
  private readonly names = new Set<string>();
  /** Definitions of functions, in the order in which they were needed. */
  readonly texts: string[] = [];

  constructor(
    readonly dialect: Dialect,
    /** Whether some optimizer needs second derivatives, and some the layers of a model. */
    private readonly uses: { curvature: boolean; layers: boolean },
  ) {}

  /** Whether the script differentiates twice by formulas of its own. */
  get isCurved(): boolean {
    return this.uses.curvature && this.dialect === 'numpy';
  }

  get isLayered(): boolean {
    return this.uses.layers;
  }

  need(...names: PartName[]): void {
    for (const name of names) this.parts.add(name);
  }

  /** Defines functions; those that are known keep their name. @param text with the name that they are given */
  define(name: string, text: (name: string) => string): string {
    const known = this.functions.get(text(''));
    if (known !== undefined) return known;
    const own = identifier(name, this.names);
    this.functions.set(text(''), own);
    this.texts.push(text(own));
    return own;
  }

  /** A constant that is defined before it is used. */
  named(name: string, expression: string): string {
    const known = this.constants.get(expression);
    if (known !== undefined) return known;
    if (isPacked(expression)) this.need('packed');
    const own = identifier(name, this.names);
    this.constants.set(expression, own);
    return own;
  }

  get constantTexts(): string[] {
    return [...this.constants].map(([expression, name]) => `${name} = ${expression}`);
  }
}

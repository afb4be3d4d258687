/** A place that holds a value and can be written to: a variable, or the content of an array or object. */
export class Cell<T = unknown> {
  /** The level of the memory at which it was written last, and made, and since which its content is nobody else's. */
  stamp = 0;
  owner = 0;

  constructor(
    public value: T,
    readonly born: number,
  ) {}
}

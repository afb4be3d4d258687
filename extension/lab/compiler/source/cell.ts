/** A mutable storage location: a variable, or the content of an array or object. */
export class Cell<T = unknown> {
  /**
   * The memory levels at which it was last written, at which it was created, and since which its content is not shared.
   */
  stamp = 0;
  owner = 0;

  constructor(
    public value: T,
    readonly born: number,
  ) {}
}

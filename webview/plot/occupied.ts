/** Which places of an area are covered by lines and points, on a grid of a few pixels. */
const CELL = 4;

export class Occupied {
  private readonly columns: number;
  private readonly cells: Uint8Array;

  /** @param width and height of the whole picture, in pixels */
  constructor(width: number, height: number) {
    this.columns = Math.max(1, Math.ceil(width / CELL));
    this.cells = new Uint8Array(this.columns * Math.max(1, Math.ceil(height / CELL)));
  }

  add(x: number, y: number): void {
    const [column, row] = [Math.floor(x / CELL), Math.floor(y / CELL)];
    if (column >= 0 && row >= 0 && column < this.columns) this.cells[row * this.columns + column] = 1;
  }

  /** Marks a straight line. */
  addLine(x0: number, y0: number, x1: number, y1: number): void {
    const pieces = Math.min(2000, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / CELL));
    for (let k = 0; k <= pieces; k++) {
      const share = pieces === 0 ? 0 : k / pieces;
      this.add(x0 + share * (x1 - x0), y0 + share * (y1 - y0));
    }
  }

  /** How many of its places in a rectangle are covered. */
  in(left: number, top: number, right: number, bottom: number): number {
    let count = 0;
    for (let row = Math.max(0, Math.floor(top / CELL)); row <= Math.floor(bottom / CELL); row++) {
      for (let column = Math.max(0, Math.floor(left / CELL)); column <= Math.floor(right / CELL); column++) {
        if (column < this.columns) count += this.cells[row * this.columns + column] ?? 0;
      }
    }
    return count;
  }
}

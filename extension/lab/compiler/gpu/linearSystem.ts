/**
 * x of a x = b for a symmetric positive definite matrix, by Gauss–Jordan elimination in blocks: a kernel cannot wait for
 * its own results, so each block of columns is eliminated by a launch of its own, from all other rows at once, and no
 * triangular solves remain, of which each row would be a launch. Without pivoting this is as accurate as Cholesky's
 * factorization for such matrices (Higham 2002, section 14.4). Where a pivot is not positive the result is not finite.
 */
import type { KernelText, ProgramText } from './text.ts';

/** Columns that one launch eliminates: each of its threads factors the block for itself. */
const BLOCK = 4;
/** Up to here a launch saved is worth more than what its threads do again and again. */
const SMALL = 32;
const PLACES = Array.from({ length: BLOCK }, (_, i) => i);

/** Prints the solution of a [size, size] x = b [size]. */
export function printSolve(program: ProgramText, a: number, b: number, out: number, size: number): void {
  // Padded with the identity to whole blocks; the right side is one more column.
  const rows = BLOCK * Math.ceil(size / BLOCK);
  const width = rows + 1;
  let matrix = program.buffer();
  program.kernel(matrix, [width, rows], 1, (text) =>
    [
      `  if (this.thread.y >= ${size}) return this.thread.x === this.thread.y ? 1 : 0;`,
      `  if (this.thread.x === ${rows}) return ${text.at(b, 'this.thread.y')};`,
      `  if (this.thread.x >= ${size}) return 0;`,
      `  return ${text.at(a, `this.thread.y * ${size} + this.thread.x`)};`,
    ].join('\n'),
  );
  for (let first = 0; first < rows; first += BLOCK) {
    const [before, after] = [matrix, program.buffer()];
    if (rows <= SMALL) {
      program.kernel(after, [width, rows], 1, (text) => eliminate(text, before, width), first);
    } else {
      const panel = program.buffer();
      program.kernel(panel, [width, BLOCK], 1, (text) => scalePanel(text, before, width), first);
      program.kernel(after, [width, rows], 1, (text) => update(text, before, panel, width), first);
    }
    matrix = after;
  }
  program.kernel(out, [size], 1, (text) => solveBlocks(text, matrix, width));
}

/** Takes the part of the block of rows `pass` … `pass` + 3 out of each other row, right of the block. */
function eliminate(text: KernelText, matrix: number, width: number): string {
  const at = (row: string, column: string) => text.at(matrix, `(${row}) * ${width} + ${column}`);
  return [
    `  const here = ${at('this.thread.y', 'this.thread.x')};`,
    `  if (this.thread.x < pass + ${BLOCK}) return here;`,
    `  if (this.thread.y >= pass && this.thread.y < pass + ${BLOCK}) return here;`,
    ...factor((row, column) => at(`pass + ${row}`, `pass + ${column}`)),
    ...substitute('w', (k) => at('this.thread.y', `pass + ${k}`)),
    ...substitute('z', (k) => at(`pass + ${k}`, 'this.thread.x')),
    `  return here - (${PLACES.map((k) => `w${k} * z${k}`).join(' + ')});`,
  ].join('\n');
}

/**
 * For each column right of the block, l⁻¹ times its part in the block of rows; for each row above, l⁻¹ times its part in
 * the block of columns. What is right of the block and below is symmetric, so that the rows there need none of their own.
 */
function scalePanel(text: KernelText, matrix: number, width: number): string {
  const at = (row: string, column: string) => text.at(matrix, `(${row}) * ${width} + ${column}`);
  const last = BLOCK - 1;
  return [
    `  if (this.thread.x >= pass && this.thread.x < pass + ${BLOCK}) return 0;`,
    ...PLACES.map((k) => `  let b${k}of = ${at(`pass + ${k}`, 'this.thread.x')};`),
    '  if (this.thread.x < pass) {',
    ...PLACES.map((k) => `    b${k}of = ${at('this.thread.x', `pass + ${k}`)};`),
    '  }',
    ...factor((row, column) => at(`pass + ${row}`, `pass + ${column}`)),
    ...substitute('z', (k) => `b${k}of`),
    ...PLACES.slice(0, last).map((k) => `  if (this.thread.y === ${k}) return z${k};`),
    `  return z${last};`,
  ].join('\n');
}

/** Takes what {@link scalePanel} made out of all rows but those of the block. */
function update(text: KernelText, matrix: number, panel: number, width: number): string {
  const of = (k: number, column: string) => text.at(panel, `${k * width} + ${column}`);
  return [
    `  const here = ${text.at(matrix, `this.thread.y * ${width} + this.thread.x`)};`,
    `  if (this.thread.x < pass + ${BLOCK}) return here;`,
    `  if (this.thread.y >= pass && this.thread.y < pass + ${BLOCK}) return here;`,
    `  return here - (${PLACES.map((k) => `${of(k, 'this.thread.y')} * ${of(k, 'this.thread.x')}`).join(' + ')});`,
  ].join('\n');
}

/** When all is eliminated, each block of rows is a system of its own. */
function solveBlocks(text: KernelText, matrix: number, width: number): string {
  const at = (row: string, column: string) => text.at(matrix, `(${row}) * ${width} + ${column}`);
  const back = [...PLACES].reverse().map((k) => {
    const known = PLACES.slice(k + 1).map((later) => ` - l${later}${k} * x${later}`);
    return `  const x${k} = (y${k}${known.join('')}) / l${k}${k};`;
  });
  const last = BLOCK - 1;
  return [
    `  const pass = ${BLOCK} * Math.floor(this.thread.x / ${BLOCK});`,
    '  const place = this.thread.x - pass;',
    ...factor((row, column) => at(`pass + ${row}`, `pass + ${column}`)),
    ...substitute('y', (k) => at(`pass + ${k}`, `${width - 1}`)),
    ...back,
    ...PLACES.slice(0, last).map((k) => `  if (place === ${k}) return x${k};`),
    `  return x${last};`,
  ].join('\n');
}

/** l of the block = l lᵀ, entry by entry. */
function factor(entry: (row: number, column: number) => string): string[] {
  return PLACES.flatMap((row) =>
    PLACES.slice(0, row + 1).map((column) => {
      const known = PLACES.slice(0, column).map((k) => ` - l${row}${k} * l${column}${k}`);
      const rest = `${entry(row, column)}${known.join('')}`;
      return `  const l${row}${column} = ${row === column ? `Math.sqrt(${rest})` : `(${rest}) / l${column}${column}`};`;
    }),
  );
}

/** x of l x = b. */
function substitute(name: string, entry: (row: number) => string): string[] {
  return PLACES.map((row) => {
    const known = PLACES.slice(0, row).map((k) => ` - l${row}${k} * ${name}${k}`);
    return `  const ${name}${row} = (${entry(row)}${known.join('')}) / l${row}${row};`;
  });
}

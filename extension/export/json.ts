/** Tables as JSON: an array of objects, one a line. */
import { jsonText } from './jsonText.ts';
import type { Table } from './table.ts';

const PIECE = 10_000;

/** The file in pieces. Missing values are null; see {@link jsonText} for numbers. */
export function* json({ rows, columns }: Table): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let text = '[';
  for (let row = 0; row < rows; row++) {
    const cells = columns.map(({ name, values }) => `${JSON.stringify(name)}:${jsonText(values[row])}`);
    text += `${row === 0 ? '\n' : ',\n'}{${cells.join(',')}}`;
    if (row % PIECE !== PIECE - 1) continue;
    yield encoder.encode(text);
    text = '';
  }
  yield encoder.encode(`${text}\n]\n`);
}

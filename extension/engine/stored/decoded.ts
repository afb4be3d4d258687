import * as v from 'valibot';
import { decode } from '../../lab/encoding.ts';

/** What bytes of a store hold, checked by a schema; null for bytes that hold something else. */
export function decoded<S extends v.GenericSchema>(bytes: Uint8Array, schema: S): v.InferOutput<S> | null {
  try {
    const read = v.safeParse(schema, decode(bytes));
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

/** Reads what a report has in it; see `extension/export/packed.ts`. */
import type { PackedArray, PackedNumber } from '../../extension/export/packed.ts';

const arrays = { Float64Array, Float32Array, Int32Array };

export function unpacked(text: string): unknown {
  return JSON.parse(text, (_, item: unknown) => {
    if (typeof item !== 'object' || item === null) return item;
    if (isArray(item)) {
      const bytes = Uint8Array.from(atob(item.$bytes), (character) => character.charCodeAt(0));
      return new arrays[item.$typed](bytes.buffer);
    }
    return isNumber(item) ? Number(item.$number) : item;
  });
}

const hasOnly = (item: object, ...keys: string[]) =>
  Object.keys(item).length === keys.length && keys.every((key) => Object.hasOwn(item, key));
const isArray = (item: object): item is PackedArray =>
  hasOnly(item, '$typed', '$bytes') && Object.hasOwn(arrays, (item as PackedArray).$typed);
const isNumber = (item: object): item is PackedNumber =>
  hasOnly(item, '$number') && /^(NaN|-?Infinity)$/.test((item as PackedNumber).$number);

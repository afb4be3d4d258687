/** Turns a fix into changes of the text. */
import { importEdit, optionAt } from '../definitions/index.ts';
import type { Fix } from '../lab/fixes.ts';

/** A change of the text, by offsets. */
export interface TextChange {
  from: number;
  to: number;
  text: string;
}

/**
 * The changes that mend a mistake; null where the text has no such place, or is another by now.
 * @param at the offset of what is blamed: the text to replace, or the function whose options are wrong
 */
export function fixEdits(text: string, at: number, fix: Fix): TextChange[] | null {
  if (fix.type === 'replace') {
    if (text.slice(at, at + fix.was.length) !== fix.was) return null;
    const imported = importEdit(text, 'depth-lab', fix.imports);
    const replaced = { from: at, to: at + fix.was.length, text: fix.text };
    return imported ? [{ from: imported.at, to: imported.at, text: imported.text }, replaced] : [replaced];
  }
  const option = optionAt(text, at, fix.path);
  const name = String(fix.path.at(-1));
  if (option === null) return null;
  if ('at' in option) {
    if (fix.type === 'rename') return null;
    return [{ from: option.at, to: option.at, text: `${option.before}${keyText(name)}: ${fix.value}${option.after}` }];
  }
  const { key, value, isShorthand } = option;
  if (fix.type === 'rename') {
    if (!key) return null;
    return [{ ...key, text: isShorthand ? `${keyText(fix.to)}: ${name}` : keyText(fix.to) }];
  }
  const written = requoted(fix.value, text.slice(value.from, value.to));
  return [{ ...value, text: isShorthand ? `${name}: ${written}` : written }];
}

/** A key as it is written in an object. */
const keyText = (name: string) =>
  /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : `'${name.replace(/[\\']/g, '\\$&')}'`;

/** A string in the quotes of the one that it replaces. */
function requoted(value: string, before: string): string {
  if (!before.startsWith('"') || !value.startsWith("'")) return value;
  return `"${value.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`;
}

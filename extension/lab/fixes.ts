/** How a mistake in a lab file can be mended, as data: hints and the editor's quick fixes are made of it. */

/** Names of options and positions in arrays, from the options of the call that is blamed inwards. */
export type OptionPath = readonly (string | number)[];

/** One way to mend a mistake. */
export type Fix =
  /** Another name for an option. */
  | { type: 'rename'; path: OptionPath; to: string }
  /** A value for an option, as source text: it takes the place of the present one, or is added. */
  | { type: 'set'; path: OptionPath; value: string }
  /**
   * Another text in place of the one that is blamed.
   * @property was the text that is blamed; where it is another by now, nothing is replaced
   * @property imports names of the module `depth-lab` that the new text uses
   */
  | { type: 'replace'; was: string; text: string; imports: readonly string[] };

/** A string as a literal in single quotes. */
export function quoted(text: string): string {
  const escaped = text
    .replace(/[\\']/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `'${escaped}'`;
}

/** The fix for a misspelled string option, with its hint; empty if no name is close. */
export function spelled(path: OptionPath, near: string | null): { hint?: string; fixes?: Fix[] } {
  if (near === null) return {};
  return { hint: didYouMean(near), fixes: [{ type: 'set', path, value: quoted(near) }] };
}

export const didYouMean = (near: string): string => `Did you mean '${near}'?`;

/** The same fix for options that are themselves at a path. */
export function within(path: OptionPath, fix: Fix): Fix {
  return fix.type === 'replace' ? fix : { ...fix, path: [...path, ...fix.path] };
}

/** What a fix does, in a few words: `Change 'rat' to 'rate'`. */
export function fixTitle(fix: Fix): string {
  if (fix.type === 'rename') return `Change '${fix.path.at(-1)}' to '${fix.to}'`;
  return `${isNamed(fix) ? 'Set' : 'Write'} ${fixText(fix)}`;
}

/** What a fix writes: `rate: 0.1`. */
export function fixText(fix: Fix): string {
  if (fix.type === 'replace') return fix.text;
  if (fix.type === 'rename') return fix.to;
  return isNamed(fix) ? `${fix.path.at(-1)}: ${fix.value}` : fix.value;
}

/** Whether a fix is about an option, not about an entry of an array. */
const isNamed = (fix: Fix) => fix.type === 'set' && typeof fix.path.at(-1) === 'string';

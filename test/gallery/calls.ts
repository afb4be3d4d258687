/** Changes the calls in a text of TypeScript, by name. */

/**
 * Replaces the calls of a function.
 * @param change receives the text between the parentheses; null leaves a call as it is
 */
export function replaceCalls(text: string, name: string, change: (inside: string) => string | null): string {
  const call = new RegExp(`(?<![\\w.])${name}\\(`, 'g');
  let changed = '';
  let from = 0;
  for (let match = call.exec(text); match; match = call.exec(text)) {
    const start = match.index + match[0].length;
    const end = closing(text, start);
    const replacement = change(text.slice(start, end));
    if (replacement === null) continue;
    changed += text.slice(from, match.index) + replacement;
    from = end + 1;
    call.lastIndex = from;
  }
  return changed + text.slice(from);
}

/** The position of the parenthesis that closes what was opened before `start`; texts in quotes have none alone. */
function closing(text: string, start: number): number {
  let depth = 1;
  for (let i = start; i < text.length; i++) {
    if ('({['.includes(text[i]!)) depth++;
    if (')}]'.includes(text[i]!) && --depth === 0) return i;
  }
  throw new Error(`a call is not closed: ${text.slice(start, start + 40)}`);
}

/** The value of an option in the text of a call, as it is written; null if it has none. */
export function optionIn(inside: string, option: string): string | null {
  const [, value] = new RegExp(`(?<![\\w.])${option}: ([^,}\\n]+?)\\s*[,}\\n]`).exec(inside) ?? [];
  if (value !== undefined) return value;
  return new RegExp(`[{,]\\s*${option}\\s*[,}]`).test(inside) ? option : null;
}

/** The text of a call with one more option in front. */
export const withOption = (inside: string, option: string) =>
  inside.replace(/^\s*\{/, (brace) => `${brace} ${option},`);

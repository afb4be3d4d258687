/** Names from lab files as they are shown: whatever they contain, they take little room and change nothing around them. */
import { visible } from './hidden.ts';

/** Longer names are cut. */
const LONGEST = 80;

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * A name in one line of at most `longest` characters: what cannot be seen is written as its code, and what is written
 * from right to left is kept apart from the text around it.
 */
export function shownName(name: string, longest = LONGEST): string {
  const shown = visible(shortened(name, longest)).replaceAll('\n', '⏎').replaceAll('\t', '\\u0009');
  return RIGHT_TO_LEFT.test(shown) ? `\u2068${shown}\u2069` : shown;
}

/** A text with its lines, cut where it is too long for a message, and with every character visible. */
export function shownText(text: string, longest = 2000): string {
  return visible(shortened(text, longest));
}

/** A text for places where VS Code draws `$(name)` as an icon. */
export const withoutIcons = (text: string): string => text.replace(/\$\([a-z0-9-]+(?:~[a-z]+)?\)/gi, '\\$&');

function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  // At most two units for each character: emoji are not cut in half.
  const characters = [...text.slice(0, 2 * longest)];
  return characters.length <= longest && text.length <= 2 * longest
    ? text
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`;
}

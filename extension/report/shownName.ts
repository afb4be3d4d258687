/** Names from lab files as they are shown: whatever they contain, they take little room and change nothing around them. */

/** Longer names are cut. */
const LONGEST = 80;

/** Characters that break lines, are invisible, or turn the direction of the text around them. */
const HIDDEN = /[\p{Cc}\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/**
 * A name in one line of at most `longest` characters: what cannot be seen is written as its code, and what is written
 * from right to left is kept apart from the text around it.
 */
export function shownName(name: string, longest = LONGEST): string {
  const short = shortened(name, longest);
  const visible = short.replace(HIDDEN, (character) => (character === '\n' ? '⏎' : code(character)));
  return RIGHT_TO_LEFT.test(visible) ? `\u2068${visible}\u2069` : visible;
}

/** A text with its lines, cut where it is too long for a message, and with every character visible. */
export function shownText(text: string, longest = 2000): string {
  return shortened(text, longest).replace(HIDDEN, (character) =>
    '\n\t'.includes(character) ? character : code(character),
  );
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

const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

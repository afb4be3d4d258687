/** Characters that change what stands around them or cannot be seen, and how they are written so that they can. */

/** Control characters, and those that break lines, are invisible, or turn the direction of the text around them. */
const HIDDEN = /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** A text with its lines and tabs, in which every other hidden character is written as its code. */
export function visible(text: string): string {
  return text.replace(HIDDEN, (character) =>
    '\n\t'.includes(character) ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

import type { Colour } from './recording.ts';

const names: Record<string, string> = { black: '#000', white: '#fff', transparent: '#0000' };

/**
 * Reads a colour as charts write it: `#rgb`, `#rrggbb`, both with opacity, `rgb(…)`, `rgba(…)`.
 * @throws Error for others
 */
export function colourOf(text: string): Colour {
  const given = names[text] ?? text;
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/i.exec(given)?.[1];
  const digits = hex && (hex.length < 6 ? hex.replace(/./g, '$&$&') : hex);
  const channels = digits
    ? digits.match(/../g)?.map((pair) => Number.parseInt(pair, 16))
    : /^rgba?\(([^)]*)\)$/i
        .exec(given)?.[1]
        ?.split(/[\s,/]+/)
        .map(Number);
  const [red, green, blue, last = digits ? 255 : 1] = channels ?? [];
  const opacity = digits ? last / 255 : last;
  if (
    red === undefined ||
    green === undefined ||
    blue === undefined ||
    ![red, green, blue, opacity].every(Number.isFinite)
  ) {
    throw new Error(`the colour '${text}' is not known to figures`);
  }
  return { red, green, blue, opacity };
}

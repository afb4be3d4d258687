/**
 * Splits an incomplete file into pieces that are parsed separately, so that a syntax error in one experiment does not
 * hide the next one.
 */

export interface Piece {
  from: number;
  to: number;
}

/** Positions where an experiment may begin: the start of a line, or directly after another statement. */
const BEGINNING =
  /(?:^|[;})])[ \t]*((?:export[ \t]+)?(?:(?:const|let|var)[ \t]+[\w$]+[ \t]*=[ \t]*|default[ \t]+)?(?:[\w$]+\.)?CALLEES[ \t]*[(<])/gm;

/** Block comments at the start of a line; experiments inside them are ignored. */
const BLOCK_COMMENT = /^[ \t]*\/\*[\s\S]*?\*\//gm;

/** @param callees names of `experiment` in the file */
export function pieces(text: string, callees: ReadonlySet<string>): Piece[] {
  const comments = [...text.matchAll(BLOCK_COMMENT)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
  const names = [...callees].map((name) => name.replaceAll('$', '\\$')).join('|');
  const beginning = new RegExp(BEGINNING.source.replace('CALLEES', `(?:${names})`), BEGINNING.flags);
  const cuts = [0];
  for (const match of text.matchAll(beginning)) {
    const [whole, call = ''] = match;
    const at = match.index + whole.length - call.length;
    if (at > 0 && !comments.some(({ from, to }) => at > from && at < to)) cuts.push(at);
  }
  return cuts.map((from, i) => ({ from, to: cuts[i + 1] ?? text.length }));
}

/**
 * Cuts a half-typed file into pieces that are parsed one by one: a mistake in one experiment
 * must not hide the next one, which a parser would otherwise take for part of the broken text.
 */

export interface Piece {
  from: number;
  to: number;
}

/** Where an experiment may begin: at the start of a line, or right after the end of another statement. */
const BEGINNING =
  /(?:^|[;})])[ \t]*((?:export[ \t]+)?(?:(?:const|let|var)[ \t]+[\w$]+[ \t]*=[ \t]*|default[ \t]+)?(?:[\w$]+\.)?CALLEES[ \t]*[(<])/gm;

/** Block comments that begin a line: experiments in them are not experiments. */
const BLOCK_COMMENT = /^[ \t]*\/\*[\s\S]*?\*\//gm;

/** @param callees names under which `experiment` is known in the file */
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

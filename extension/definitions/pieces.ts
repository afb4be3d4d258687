/**
 * Splits a file into pieces that are parsed separately: only those that change are parsed again, and a syntax error in
 * one experiment does not hide the next one.
 */

import type { Steps } from './steps.ts';

export interface Piece {
  from: number;
  to: number;
}

/** A call where an experiment may begin: at the start of a line, or directly after another statement. */
const BEGINNING =
  /(?:^|[;})])[ \t]*((?:export[ \t]+)?(?:(?:const|let|var)[ \t]+[\w$]+[ \t]*=[ \t]*|default[ \t]+)?(?:[\w$]+\.)?([\w$]+)[ \t]*[(<])/gm;

/** Calls of any function between two pauses. */
const CALLS = 1000;

/** @param callees names of `experiment` in the file */
export function* pieces(text: string, callees: ReadonlySet<string>): Steps<Piece[]> {
  const cuts = [0];
  const isCommented = blockComments(text);
  const hasSlash = slashesBefore(text);
  let calls = 0;
  for (const { index, 0: whole, 1: call = '', 2: callee = '' } of text.matchAll(BEGINNING)) {
    if (++calls % CALLS === 0) yield;
    if (!callees.has(callee)) continue;
    const at = index + whole.length - call.length;
    if (at > 0 && !isCommented(at) && !hasSlash(at)) cuts.push(at);
  }
  return cuts.map((from, i) => ({ from, to: cuts[i + 1] ?? text.length }));
}

/** Whether an offset, which must not decrease, is in a block comment that begins a line: experiments there are ignored. */
function blockComments(text: string): (offset: number) => boolean {
  const opening = /^[ \t]*\/\*/gm;
  let comment = { from: 0, to: 0 };
  return (offset) => {
    while (comment.to <= offset) {
      const next = opening.exec(text);
      const end = next ? text.indexOf('*/', opening.lastIndex) : -1;
      // One that is not closed is no comment yet.
      comment =
        next && end >= 0 ? { from: next.index, to: end + 2 } : { from: text.length, to: Number.POSITIVE_INFINITY };
      opening.lastIndex = end + 2;
    }
    return comment.from < offset;
  };
}

/** Whether a slash, which may begin a comment, is before an offset in its line. The offset must not decrease. */
function slashesBefore(text: string): (offset: number) => boolean {
  let at = 0;
  let found = false;
  return (offset) => {
    for (; at < offset; at++) {
      if (text[at] === '/') found = true;
      else if (text[at] === '\n') found = false;
    }
    return found;
  };
}

import { shownText } from '../report/shownName.ts';

/** Characters of a text that fit into a hover. */
const LONGEST = 1000;

/** Escapes user text for Markdown. */
export const escaped = (text: string): string =>
  shownText(text, LONGEST)
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&]/g, '\\$&')
    .replaceAll(/[\n\t]/g, ' ');

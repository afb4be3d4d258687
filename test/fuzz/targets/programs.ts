/** Functions of numbers, which the lab reads, compiles and differentiates. */
import fc from 'fast-check';
import { hold } from '../hold.ts';
import { points, programText } from '../programs.ts';
import { target } from './target.ts';

export const programs = target(
  'programs',
  'functions over the whole grammar: compiled values against JavaScript itself, derivatives against differences',
  2,
  fc.tuple(programText, points),
  ([text, at]) => {
    const { refused, fault } = hold(text, at);
    if (fault !== null) throw new Error(fault);
    return refused === null ? 'right' : 'refused';
  },
);

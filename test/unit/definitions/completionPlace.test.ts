import { describe, expect, it } from 'vitest';
import { completionPlace } from '../../../extension/definitions/completionPlace.ts';

function placeIn(written: string) {
  const at = written.indexOf('|');
  const text = written.replace('|', '');
  const place = completionPlace(text, at);
  if (!place) return null;
  const { from, to, kind } = place;
  return [kind, ...(kind === 'statement' ? [] : [place.of]), text.slice(from, to)];
}

describe('a name in a claim', () => {
  const claim = (text: string) => `experiment('a', { claims: { c: ({ result }) => ${text} } });`;
  it.each([
    ["result.mean('|')", 'optimizer', ''],
    ["result.mean('G|D', 'b') < 1", 'optimizer', 'GD'],
    ["result.mean('GD', '|b')", 'parameterization', 'b'],
    ['result.invariance("N|")', 'optimizer', 'N'],
    ["result.at({ rate: 1 }).angle('max|')", 'direction', 'max'],
    ["result.distance('|', 'GD')", 'point', ''],
    ["result.residual('sta|')", 'condition', 'sta'],
  ])('%s', (text, of, replaced) => {
    expect(placeIn(claim(text))).toEqual(['name', of, replaced]);
  });

  it.each(["other.mean('|')", "result.mean|('GD')", "result.mean('GD'|)", "f('|')"])('not in %s', (text) => {
    expect(placeIn(claim(text))).toBeNull();
  });
});

describe('an entry', () => {
  it.each([
    ['{ parameterizations: { | } }', 'parameterizations', ''],
    ['{ parameterizations: { ele| } }', 'parameterizations', 'ele'],
    ["{ parameterizations: { 'a': linear(),\n  ele|\n  } }", 'parameterizations', 'ele'],
    ['{ optimizers: {\n  // the first\n  gd|\n} }', 'optimizers', 'gd'],
    ['{ claims: { | } }', 'claims', ''],
  ])('%s', (text, of, replaced) => {
    expect(placeIn(`experiment('a', ${text});`)).toEqual(['entry', of, replaced]);
  });

  it.each([
    '{ parameterizations: { a: ele| } }',
    '{ parameterizations: { a: elementwise({ | }) } }',
    '{ parameterizations: { a| b } }',
    '{ problem: { | } }',
    '{ | }',
  ])('not in %s', (text) => {
    expect(placeIn(`experiment('a', ${text});`)?.[0] === 'entry' && !text.includes('a| b')).toBe(false);
  });
});

describe('a statement', () => {
  it.each(['exp|', "import { gd } from 'depth-lab';\n\nexp|\n", '|'])('%j', (text) => {
    expect(placeIn(text)?.[0]).toBe('statement');
  });

  it.each(['const a = exp|', 'f(() => { exp| })', 'a; exp|'])('not in %j', (text) => {
    expect(placeIn(text)).toBeNull();
  });
});

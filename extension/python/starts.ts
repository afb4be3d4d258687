/** The start of the parameters as an expression. */
import type { Shape } from '../lab/compiler/shape.ts';
import { sizeOf } from '../lab/compiler/shape.ts';
import type { Initialization, ParameterStart } from '../lab/parameterizations/initialization.ts';
import { isPacked, pythonArray, pythonFloat, pythonTuple } from './literals.ts';
import type { ScriptParts } from './scriptParts.ts';

export function startText(initialization: Initialization, shapes: readonly Shape[], script: ScriptParts): string {
  script.need('starts');
  const all = pythonTuple(shapes.map((shape) => pythonTuple(shape)));
  switch (initialization.kind) {
    case 'given':
      return givenText(split(initialization.values, shapes), shapes, script);
    case 'gaussian':
      return `gaussian(${all}, ${pythonTuple(shapes.map(() => pythonFloat(initialization.scale)))})`;
    case 'factors':
      return factorsText(initialization, shapes, all, script);
    case 'each':
      return eachText(initialization.parts, shapes, all, script);
  }
}

function factorsText(
  { form, scale }: Initialization & { kind: 'factors' },
  shapes: readonly Shape[],
  all: string,
  script: ScriptParts,
): string {
  if (form === 'identity') {
    return `given(${shapes.map(([rows, columns]) => `${pythonFloat(scale)} * np.eye(${rows}, ${columns})`).join(', ')})`;
  }
  script.need(form === 'balanced' ? 'balancedStart' : 'orthogonalStart');
  if (form === 'balanced') return `balanced(${all}, ${pythonFloat(scale)})`;
  return `orthogonal(${all}, ${pythonTuple(shapes.map(() => pythonFloat(scale)))})`;
}

/** Given parameters beside drawn ones: zeros are a missing scale, other values replace what was drawn. */
function eachText(
  parts: readonly ParameterStart[],
  shapes: readonly Shape[],
  all: string,
  script: ScriptParts,
): string {
  const given = parts.every((part) => part.kind === 'given');
  if (given)
    return givenText(
      parts.map((part) => (part.kind === 'given' ? part.values : new Float64Array())),
      shapes,
      script,
    );
  const isOrthogonal = parts.some(({ kind }) => kind === 'orthogonal');
  if (isOrthogonal) script.need('orthogonalStart');
  const scales = parts.map((part) => (part.kind === 'given' ? 'None' : pythonFloat(part.scale)));
  const drawn = `${isOrthogonal ? 'orthogonal' : 'gaussian'}(${all}, ${pythonTuple(scales)})`;
  const replaced = parts.flatMap((part, i) =>
    part.kind === 'given' && part.values.some((value) => value !== 0)
      ? [`${i}: ${arrayText(part.values, shapes[i]!, script)}`]
      : [],
  );
  if (replaced.length === 0) return drawn;
  script.need('replacedStart');
  return `replaced(${drawn}, {${replaced.join(', ')}})`;
}

function givenText(parts: readonly Float64Array[], shapes: readonly Shape[], script: ScriptParts): string {
  return `given(${parts.map((values, i) => arrayText(values, shapes[i]!, script)).join(', ')})`;
}

function arrayText(values: Float64Array, shape: Shape, script: ScriptParts): string {
  const text = pythonArray(values, shape);
  return isPacked(text) ? script.named('START', text) : text;
}

function split(values: Float64Array, shapes: readonly Shape[]): Float64Array[] {
  let at = 0;
  return shapes.map((shape) => values.subarray(at, (at += sizeOf(shape))));
}

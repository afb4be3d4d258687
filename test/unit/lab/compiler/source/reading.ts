/** Reads a function of `u` (and `v`) and evaluates what it has become. */
import { reverse } from '../../../../../extension/lab/compiler/autodiff/reverse.ts';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import { readTextOnly, type UserFunction } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { toNode, trace } from '../../../../../extension/lab/compiler/source/interpreter.ts';
import { Traced } from '../../../../../extension/lab/compiler/source/values.ts';
import { evaluate } from '../evaluate.ts';

/** The value and the derivatives of the function at a point, as compiled. */
export function readAt(f: UserFunction, u: number, v = 0): { value: number; du: number; dv: number } {
  const g = new GraphBuilder();
  const [a, b] = [g.state('u', []), g.state('v', [])];
  const node = toNode(g, trace(g, readTextOnly, f, [{ u: new Traced(a), v: new Traced(b) }]));
  if (node === null) throw new Error('it returns no number');
  const outputs = [node, ...reverse(g, [{ node, derivative: g.scalar(1) }], [a, b])];
  const [value, du, dv] = evaluate(
    g,
    [
      [a, [u]],
      [b, [v]],
    ],
    outputs,
  ).map(([x]) => x);
  return { value, du, dv };
}

/** Holds what a function was read as against JavaScript itself, and its derivatives against differences. */
import { forward } from '../../extension/lab/compiler/autodiff/forward.ts';
import { reverse } from '../../extension/lab/compiler/autodiff/reverse.ts';
import type { CpuBackend } from '../../extension/lab/compiler/backend.ts';
import { javascript, webAssembly } from '../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../extension/lab/compiler/builder.ts';
import { evaluateAt } from '../../extension/lab/compiler/evaluate.ts';
import { binaryFunctions, unaryFunctions } from '../../extension/lab/compiler/functions.ts';
import { type Node, operands, reachable } from '../../extension/lab/compiler/graph.ts';
import { CompiledModule } from '../../extension/lab/compiler/module.ts';
import { readTextOnly, type UserFunction } from '../../extension/lab/compiler/source/functionSource.ts';
import { toNode, trace } from '../../extension/lab/compiler/source/interpreter.ts';
import { Traced } from '../../extension/lab/compiler/source/values.ts';
import { DefinitionError } from '../../extension/lab/errors.ts';

type Point = { u: number; v: number };

/** What came of one program. */
export interface Held {
  /** Why the lab does not read it. */
  refused: string | null;
  /** What disagrees. */
  fault: string | null;
  /** Points at which value and derivatives were compared. */
  values: number;
  slopes: number;
}

const STEP = 1e-4;

export function hold(text: string, points: readonly Point[]): Held {
  const held: Held = { refused: null, fault: null, values: 0, slopes: 0 };
  const f = functionOf(text);
  if (!f) return { ...held, refused: 'two labels of one name' };
  const g = new GraphBuilder();
  const inputs = [g.state('u', [points.length]), g.state('v', [points.length])];
  let node: number | null;
  try {
    node = toNode(
      g,
      trace(g, readTextOnly, f as UserFunction, [{ u: new Traced(inputs[0]), v: new Traced(inputs[1]) }]),
    );
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return { ...held, refused: error.message };
  }
  if (node === null) return { ...held, refused: 'no number' };
  const y = g.broadcast(node, [points.length]);
  const read = [...g.graph.nodes];
  const graph = new Evaluated(read, node, inputs);
  const ones = g.broadcast(g.scalar(1), [points.length]);
  const gradients = reverse(g, [{ node: y, derivative: ones }], inputs);
  const tangents = inputs.map((input) => forward(g, [{ node: input, tangent: ones }], [y])[0]);
  const [fast, reference] = [webAssembly, javascript].map((backend) =>
    run(backend, g, inputs, points, [y, ...gradients, ...tangents]),
  );
  points.forEach((point, i) => {
    const call = (p: Point) => Number(f(p));
    const value = call(point);
    const at = (p: Point) =>
      evaluateAt(
        { nodes: read },
        node,
        new Map([
          [inputs[0], p.u],
          [inputs[1], p.v],
        ]),
      );
    const { error, largest } = at(point);
    if (!Number.isFinite(error)) return;
    held.values++;
    const tolerance = 1e-9 * largest + 4 * error;
    for (const [backend, results] of [
      [webAssembly.name, fast],
      [javascript.name, reference],
    ] as const) {
      const compiled = results[0][i];
      if (!same(compiled, value, tolerance))
        held.fault ??= `${backend} value ${compiled}, not ${value} at ${JSON.stringify(point)}`;
    }
    // Where numbers are huge, differences say nothing.
    if (!Number.isFinite(value) || largest > 1e6) return;
    (['u', 'v'] as const).forEach((name, k) => {
      const moved = (h: number) => call({ ...point, [name]: point[name] + h });
      const pieceAt = (h: number) => graph.piece({ ...point, [name]: point[name] + h });
      const slope = smoothSlope(moved, value, largest, pieceAt);
      if (slope === null || graph.isSingular(point)) return;
      held.slopes++;
      const scale = Math.max(1, Math.abs(slope.value), largest);
      for (const [mode, results] of [
        ['reverse', fast[1 + k]],
        ['forward', fast[3 + k]],
        ['reverse in JavaScript', reference[1 + k]],
      ] as const) {
        if (!(Math.abs(results[i] - slope.value) <= 10 * slope.error + 1e-6 * scale))
          held.fault ??= `${mode} ∂/∂${name} ${results[i]}, not ${slope.value} at ${JSON.stringify(point)}`;
      }
    });
  });
  return held;
}

function functionOf(text: string): ((point: Point) => unknown) | null {
  try {
    return new Function(`'use strict'; return ${text}`)();
  } catch {
    return null;
  }
}

function run(
  backend: CpuBackend,
  g: GraphBuilder,
  inputs: number[],
  points: readonly Point[],
  outputs: number[],
): Float64Array[] {
  const module = new CompiledModule(g.graph, inputs, [{ name: 'run', outputs }], [backend]);
  module.view(inputs[0]).set(points.map(({ u }) => u));
  module.view(inputs[1]).set(points.map(({ v }) => v));
  module.entry('run')(1);
  return outputs.map((output) => module.view(output).slice());
}

function same(a: number, b: number, tolerance: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= tolerance;
}

/** The slope by differences; null where they do not settle: at a kink, a jump, or where the function bends too much. */
function smoothSlope(
  moved: (h: number) => number,
  value: number,
  largest: number,
  pieceAt: (h: number) => unknown,
): { value: number; error: number } | null {
  const difference = (h: number) => (moved(h) - moved(-h)) / (2 * h);
  // Either side for itself: at a kink the two disagree.
  const side = (h: number) => (4 * moved(h / 2) - moved(h) - 3 * value) / h;
  const here = pieceAt(0);
  if ([STEP, -STEP, STEP / 2, -STEP / 2].some((h) => pieceAt(h) !== here)) return null;
  const [coarse, fine, finest] = [difference(STEP), difference(STEP / 2), difference(STEP / 4)];
  const best = (4 * finest - fine) / 3;
  const scale = Math.max(1, Math.abs(best), largest);
  const spread = Math.abs(coarse - finest) + Math.abs(fine - finest);
  const sides = [side(STEP), side(-STEP), side(STEP / 4), side(-STEP / 4)];
  if (!(spread < 1e-5 * scale) || !sides.every((one) => Math.abs(one - best) < 1e-4 * scale)) return null;
  return { value: best, error: spread };
}

/** The function as a graph, evaluated without the compiler. */
class Evaluated {
  private readonly order: number[];

  constructor(
    private readonly nodes: readonly Node[],
    private readonly root: number,
    private readonly inputs: readonly number[],
  ) {
    this.order = [...reachable({ nodes: [...nodes] }, [root])].sort((a, b) => a - b);
  }

  /** The values of all nodes. */
  private valuesAt({ u, v }: Point): Float64Array {
    const values = new Float64Array(this.nodes.length);
    values[this.inputs[0]] = u;
    values[this.inputs[1]] = v;
    for (const id of this.order) {
      const node = this.nodes[id];
      if (node.op === 'constant') values[id] = node.values[0];
      if (node.op === 'select') values[id] = values[values[node.condition] !== 0 ? node.a : node.b];
      if (node.op === 'unary') values[id] = unaryFunctions[node.fn].value(values[node.a]);
      if (node.op === 'binary') values[id] = binaryFunctions[node.fn].value(values[node.a], values[node.b]);
    }
    return values;
  }

  /** On which piece of the function a point lies: every condition, whole part and choice in it. */
  piece(point: Point): string {
    const values = this.valuesAt(point);
    const decisions: number[] = [];
    for (const id of this.order) {
      const node = this.nodes[id];
      if (node.op === 'unary') {
        if (stepwise.has(node.fn)) decisions.push(values[id]);
        if (node.fn === 'abs') decisions.push(Math.sign(values[node.a]));
      }
      if (node.op !== 'binary') continue;
      if (node.fn === 'remainder') decisions.push(Math.trunc(values[node.a] / values[node.b]));
      else if (node.fn === 'min' || node.fn === 'max') decisions.push(Math.sign(values[node.a] - values[node.b]));
      else if (!binaryFunctions[node.fn].derivative) decisions.push(values[id]);
    }
    return decisions.join();
  }

  /** Whether a function on the path taken has no finite derivative there, as the square root at 0, or goes by infinity. */
  isSingular(point: Point): boolean {
    const values = this.valuesAt(point);
    const seen = new Set<number>();
    const open = [this.root];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const node = this.nodes[id];
      if (seen.has(id)) continue;
      seen.add(id);
      if (!Number.isFinite(values[id])) return true;
      if (node.op === 'select') open.push(values[node.condition] !== 0 ? node.a : node.b);
      else open.push(...operands(node));
      if (node.op === 'unary' && unaryFunctions[node.fn].singular && Math.abs(values[node.a]) < 1e-12) return true;
      if (node.op !== 'binary' || !binaryFunctions[node.fn].singular) continue;
      const [a, b] = [Math.abs(values[node.a]), Math.abs(values[node.b])];
      if (node.fn === 'divide' ? b < 1e-12 : a < 1e-12 && (node.fn === 'power' || b < 1e-12)) return true;
    }
    return false;
  }
}

const stepwise = new Set<string>(['not', 'sign', 'floor', 'ceil', 'round', 'trunc']);

/** A parameterization in Python: its functions, and the expression that makes it. */
import { forward } from '../lab/compiler/autodiff/forward.ts';
import { reverse } from '../lab/compiler/autodiff/reverse.ts';
import { GraphBuilder } from '../lab/compiler/builder.ts';
import { type Graph, type NodeId, reachable } from '../lab/compiler/graph.ts';
import { sameShape } from '../lab/compiler/shape.ts';
import type { PredictorProgram } from '../lab/parameterizations/parameterization.ts';
import { hasKinks } from '../lab/training/flow/kinks.ts';
import { layersOf } from '../lab/training/kronecker/layersOf.ts';
import { isPointwiseMap } from '../lab/training/natural/structure.ts';
import { printActivation } from './activations.ts';
import { type PrintedFunction, printFunction } from './functions.ts';
import { needHelpers } from './helpers.ts';
import { callText, pythonTuple } from './literals.ts';
import { identifier } from './names.ts';
import type { ScriptParts } from './scriptParts.ts';
import { startText } from './starts.ts';

/** @param name of the parameterization in the experiment */
export function parameterizationText(name: string, program: PredictorProgram, script: ScriptParts): string {
  const start = startText(
    program.initialization,
    program.parameters.map(({ shape }) => shape),
    script,
  );
  return program.predictor === null
    ? networkText(program, start, script)
    : predictorText(name, program, program.predictor, start, script);
}

function networkText({ network }: PredictorProgram, start: string, script: ScriptParts): string {
  if (!network) throw new Error('a parameterization is a predictor or a network');
  const { activation, weights, biases } = network;
  script.need('network');
  if (script.isCurved) script.need('networkAlong');
  const { value, slope, bend, hasKinks: kinks } = printActivation(script, 'activation', activation);
  return callText('Network', {
    start,
    layers: String(weights.length),
    activation: value,
    activation_slope: script.dialect === 'numpy' || kinks ? slope() : null,
    activation_bend: script.isCurved ? bend() : null,
    biased: biases ? 'True' : null,
    kinks: kinks ? 'True' : null,
  });
}

function predictorText(
  name: string,
  program: PredictorProgram,
  predictor: NodeId,
  start: string,
  script: ScriptParts,
): string {
  const { parameters, predictorShape } = program;
  script.need('predictor');
  if (script.isCurved) script.need('predictorAlong');
  const g = new GraphBuilder(program.graph);
  const states = parameters.map(({ node }) => node);
  const used = new Set<string>();
  const names = parameters.map((parameter) => identifier(parameter.name, used));
  const theta = states.map((node, i) => ({ node, name: names[i]! }));
  const state = (label: string, of: NodeId) => ({ node: g.state(label, g.shapeOf(of)), name: identifier(label, used) });
  const seed = state('g', predictor);
  const moves = theta.map((parameter) => state(`d_${parameter.name}`, parameter.node));
  const seedMove = state('d_g', predictor);
  const pulled = reverse(g, [{ node: predictor, derivative: seed.node }], states);
  const moving = states.map((node, i) => ({ node, tangent: moves[i]!.node }));
  const define = (suffix: string, printed: Omit<PrintedFunction, 'name'>) => {
    needHelpers(script, g.graph, printed.outputs);
    return script.define(`${name}${suffix}`, (own) => printFunction(g.graph, { name: own, ...printed }));
  };
  const isPointwise = isPointwiseMap(g, predictor) && parameters.every(({ shape }) => sameShape(shape, predictorShape));
  const kinks = hasKinks(g.graph, [predictor]);
  // JAX differentiates by itself, except where its conventions are others.
  const isPulled = script.dialect === 'numpy' || kinks || isGuarded(g.graph, pulled);
  return callText('Parameterization', {
    start,
    shape: pythonTuple(predictorShape),
    predictor: define('', { summary: `w of '${name}'.`, arguments: theta, outputs: [predictor], isTuple: false }),
    pullback: isPulled
      ? define(' pullback', {
          summary: 'Its derivative, transposed, times g: one array for each parameter.',
          arguments: [...theta, seed],
          outputs: pulled,
          isTuple: true,
        })
      : null,
    pushforward: script.isCurved
      ? define(' pushforward', {
          summary: 'Its derivative times a direction.',
          arguments: [...theta, ...moves],
          outputs: forward(g, moving, [predictor]),
          isTuple: false,
        })
      : null,
    pullback_along: script.isCurved
      ? define(' pullback along', {
          summary: 'The change of the pullback along a direction of the parameters and of g.',
          arguments: [...theta, seed, ...moves, seedMove],
          outputs: forward(g, [...moving, { node: seed.node, tangent: seedMove.node }], pulled),
          isTuple: true,
        })
      : null,
    pointwise: isPointwise && script.dialect === 'numpy' ? 'True' : null,
    layers: script.isLayered ? layersText(program) : null,
    kinks: kinks ? 'True' : null,
  });
}

/** Whether derivatives have parts that count as 0 where a branch is not taken. */
function isGuarded(graph: Graph, derivatives: readonly NodeId[]): boolean {
  return [...reachable(graph, derivatives)].some((id) => {
    const node = graph.nodes[id]!;
    return node.op === 'select' || (node.op === 'binary' && node.fn === 'guardedMultiply');
  });
}

/** The positions of the factors W_1 ... W_L among the parameters; null for other models. */
function layersText(program: PredictorProgram): string | null {
  const layers = layersOf(new GraphBuilder(program.graph), program);
  const { parameters } = program;
  // A single factor may be a vector, which is reshaped.
  const positionOf = (weight: NodeId) =>
    parameters.length === 1 ? 0 : parameters.findIndex(({ node }) => node === weight);
  return layers && pythonTuple(layers.weights.map(positionOf));
}

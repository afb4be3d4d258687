/** What the lab has understood of a parameterization, and its derivative, as mathematics. */
import { reverse } from '../compiler/autodiff/reverse.ts';
import { GraphBuilder } from '../compiler/builder.ts';
import { sizeOf } from '../compiler/shape.ts';
import type { NetworkProgram } from '../network/network.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { formulaOf } from './formula.ts';
import { subscripted } from './notation.ts';

/** Larger graphs are not read as mathematics. */
const MOST_NODES = 2000;

/** One line for the predictor and one for each derivative; none of what is too long to be read. */
export function mathematicsOf(program: PredictorProgram): string[] {
  const { predictor, network, predictorShape } = program;
  if (program.graph.nodes.length > MOST_NODES) return [];
  if (predictor === null) return network ? networkLines(network, program) : [];
  const g = new GraphBuilder(program.graph);
  const isEntrywise =
    isPointwise(program) && program.parameters.every(({ shape }) => sizeOf(shape) === sizeOf(predictorShape));
  const w = predictorShape.length === 1 ? 'w' : 'W';
  const value = formulaOf(g.graph, predictor, isEntrywise);
  const names = program.parameters.map(({ name }) => (name.toLowerCase() === 'w' ? 'θ' : subscripted(name)));
  if (value === null || names.length === 0) return [];
  const nodes = program.parameters.map(({ node }) => node);
  // Of one entry the derivative itself; otherwise the derivative of the loss.
  const derivative = isEntrywise ? g.broadcast(g.scalar(1), predictorShape) : g.state('G', predictorShape);
  const gradients = reverse(g, [{ node: predictor, derivative }], nodes);
  const lines = gradients.flatMap((gradient, i) => {
    const text = formulaOf(g.graph, gradient, isEntrywise);
    return text === null ? [] : [`∂${isEntrywise ? w : 'L'}/∂${names[i]} = ${text}`];
  });
  const note = isEntrywise || lines.length === 0 ? [] : [`with G = ∂L/∂${w}`];
  return [`${w} = ${value}`, ...lines, ...note];
}

/** Whether each entry depends on its own entry of each parameter, by operations on single numbers. */
function isPointwise({ graph }: PredictorProgram): boolean {
  const single = ['constant', 'state', 'reshape', 'broadcast', 'unary', 'binary', 'select'];
  return graph.nodes.every(({ op }) => single.includes(op));
}

function networkLines({ weights, biases, activation }: NetworkProgram, { parameters }: PredictorProgram): string[] {
  const nameOf = (node: number) => subscripted(parameters.find((one) => one.node === node)?.name ?? 'W');
  const f = weights.reduce((input, weight, l) => {
    const bias = biases ? ` + ${nameOf(biases[l]!)}` : '';
    const layer = `${nameOf(weight)} ${input}${bias}`;
    return l < weights.length - 1 ? `φ(${layer})` : layer;
  }, 'x');
  const phi = formulaOf(activation.graph, activation.output, true);
  return [`f(x) = ${f}`, ...(weights.length > 1 && phi !== null ? [`φ(x) = ${phi}`] : [])];
}

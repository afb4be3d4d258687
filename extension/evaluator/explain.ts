/** Describes a compiled experiment: graph, gradient, and the code of one step. */
import { reverse } from '../lab/compiler/autodiff/reverse.ts';
import { printProgram } from '../lab/compiler/cpu/javascript.ts';
import { explainGraph } from '../lab/compiler/explain.ts';
import { lower } from '../lab/compiler/lower/lower.ts';
import { showShape } from '../lab/compiler/shape.ts';
import type { FunctionReader } from '../lab/compiler/source/functionSource.ts';
import type { Experiment } from '../lab/experiment.ts';
import { buildPredictor } from '../lab/parameterizations/build.ts';
import { drawTraining, problemDescription } from '../lab/problems/index.ts';
import { lossGradient } from '../lab/training/lossHead.ts';
import { buildModel } from '../lab/training/model.ts';

/** A readable description of every parameterization of an experiment under gradient descent. */
export function explainExperiment(experiment: Experiment, read: FunctionReader): string {
  // The points of a sweep differ only in numbers: describe the first one.
  const { problem, parameterizations } = experiment.variants[0]!;
  const data = drawTraining(problemDescription(problem), experiment.seeds[0]!);
  const parts = parameterizations.map(([name, parameterization]) => {
    const program = buildPredictor(parameterization, problem, read);
    const model = buildModel(program, data);
    const { g, parameters, trainOutputs } = model;
    const forward = [trainOutputs, ...(model.predictor === null ? [] : [model.predictor])];
    const names = new Map([
      [trainOutputs, 'f'],
      ...(model.predictor === null ? [] : [[model.predictor, 'w'] as const]),
    ]);
    const forwardText = explainGraph(g.graph, forward, names);
    const y = g.constant(data.trainTargets, [data.trainTargets.length]);
    const gradients = reverse(
      g,
      [{ node: trainOutputs, derivative: lossGradient(g, data.loss, trainOutputs, y) }],
      parameters,
    );
    for (const [i, { name: parameter }] of program.parameters.entries()) names.set(gradients[i]!, `∂L/∂${parameter}`);
    const rate = g.state('rate', []);
    const assignments = parameters.map((state, i) => ({
      state,
      value: g.subtract(state, g.multiply(rate, gradients[i]!)),
    }));
    const lowered = lower(g.graph, [...parameters, rate], [{ name: 'step', outputs: [], assignments }]);
    const step = { ...lowered, entries: lowered.entries.filter(({ kernels }) => kernels.length > 0) };
    const sizes = program.parameters.map(({ name: parameter, shape }) => `${parameter} ${showShape(shape)}`).join(', ');
    return [
      `── ${name} ── ${parameterization.block}: ${sizes}`,
      section('outputs on the training inputs', forwardText),
      section('gradient', explainGraph(g.graph, gradients, names)),
      section('one step of gradient descent, as JavaScript (m: memory, ix: index tables)', printProgram(step)),
    ].join('\n\n');
  });
  return `${experiment.name}\n\n${parts.join('\n\n')}\n`;
}

function section(title: string, text: string): string {
  return `  ${title}\n${text.replace(/^(?=.)/gm, '    ')}`;
}

/** An experiment as a self-contained Python script that gives the same numbers. */
import type { FunctionReader } from '../lab/compiler/source/functionSource.ts';
import type { Variant } from '../lab/definition.ts';
import { withOrigin } from '../lab/errors.ts';
import type { Experiment } from '../lab/experiment.ts';
import { type AnyOptimizerDescription, checkOptimizer, optimizerDescription } from '../lab/optimizers/index.ts';
import { buildPredictor } from '../lab/parameterizations/build.ts';
import { exampleCounts, lossOf, problemDescription } from '../lab/problems/index.ts';
import type { SweepPoint } from '../lab/results.ts';
import { atPoint } from '../lab/sweep.ts';
import { inDialect, type Piece, scriptText } from './layout.ts';
import { pythonNumber, pythonString } from './literals.ts';
import { optimizerText } from './optimizers.ts';
import { parameterizationText } from './parameterizations.ts';
import { type Dialect, textsOf } from './parts.ts';
import { problemText } from './problems.ts';
import { ScriptParts } from './scriptParts.ts';

/**
 * @param read reads the source of functions in the lab file
 * @throws DefinitionError at what cannot be exported
 */
export function pythonScript(experiment: Experiment, read: FunctionReader, dialect: Dialect): string {
  const optimizers = experiment.variants.flatMap((variant) => variant.optimizers);
  const uses = (kind: AnyOptimizerDescription['type']) => optimizers.some(([, { type }]) => type === kind);
  const script = new ScriptParts(dialect, { curvature: uses('gradientFlow'), layers: uses('kfac') });
  script.need(lossOf(experiment.variants[0]!.problem));
  const variants = experiment.variants.map((variant) =>
    atPoint(variant.point, () => variantText(variant, read, script)),
  );
  const parts = textsOf(script.parts, dialect);
  const own: Piece[] = [
    { title: 'The functions of this experiment', texts: script.texts.map((text) => inDialect(text, dialect)) },
    {
      title: 'The experiment',
      texts: [
        [
          ...script.constantTexts,
          `NAME = ${pythonString(experiment.name)}`,
          `SEEDS = [${experiment.seeds.join(', ')}]`,
          `VARIANTS = [\n${variants.join('')}]`,
        ].join('\n'),
      ],
    },
  ];
  return scriptText(experiment.name, parts, own, dialect);
}

function variantText(variant: Variant, read: FunctionReader, script: ScriptParts): string {
  const problem = problemDescription(variant.problem);
  const problemLine = withOrigin(variant.problem.origin, () => problemText(problem, script));
  const programs = variant.parameterizations.map(
    ([name, parameterization]) => [name, buildPredictor(parameterization, problem, read)] as const,
  );
  const parameterizations = programs.map(
    ([name, program]) => [name, parameterizationText(name, program, script)] as const,
  );
  const setting = { problem, programs: programs.map(([name, program]): [string, typeof program] => [name, program]) };
  const optimizers = variant.optimizers.map(([name, optimizer]) => {
    checkOptimizer(optimizer, { name, trainingExamples: exampleCounts(problem).train, programs: setting.programs });
    const text = withOrigin(optimizer.origin, () => optimizerText(optimizerDescription(optimizer), setting, script));
    return [name, text] as const;
  });
  const entries = [
    `"point": ${pointText(variant.point)}`,
    `"problem": ${problemLine}`,
    `"parameterizations": ${dictionary(parameterizations)}`,
    `"optimizers": ${dictionary(optimizers)}`,
    `"steps": ${variant.steps ?? 'None'}`,
  ];
  return `    {\n${entries.map((entry) => `        ${entry},\n`).join('')}    },\n`;
}

function dictionary(entries: readonly (readonly [string, string])[]): string {
  return `{\n${entries.map(([name, text]) => `            ${pythonString(name)}: ${text},\n`).join('')}        }`;
}

function pointText(point: SweepPoint | null): string {
  if (!point) return 'None';
  const parts = Object.entries(point).map(([axis, value]) => {
    const text =
      typeof value === 'number'
        ? pythonNumber(value)
        : typeof value === 'boolean'
          ? value
            ? 'True'
            : 'False'
          : pythonString(String(value));
    return `${pythonString(axis)}: ${text}`;
  });
  return `{${parts.join(', ')}}`;
}

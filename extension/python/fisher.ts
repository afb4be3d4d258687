/** The Fisher information of an optimizer as an expression. */
import { sizeOf } from '../lab/compiler/shape.ts';
import { DefinitionError } from '../lab/errors.ts';
import type { PredictorProgram } from '../lab/parameterizations/parameterization.ts';
import { type AnyProblemDescription, exampleCounts, populationOf } from '../lab/problems/index.ts';
import type { Damping } from '../lab/training/natural/damping.ts';
import type { Fisher, FisherSettings } from '../lab/training/natural/settings.ts';
import { keywords, pythonFloat } from './literals.ts';
import type { ScriptParts } from './scriptParts.ts';

/** What an optimizer is applied to. */
export interface Setting {
  problem: AnyProblemDescription;
  programs: readonly [string, PredictorProgram][];
}

/** Largest number of entries of the Jacobian that a script factors. */
const LARGEST_JACOBIAN = 1e7;

/**
 * The arguments for Fisher information and damping.
 * @throws DefinitionError for systems that are too large to be factored
 */
export function fisherArguments(
  settings: FisherSettings,
  setting: Setting,
  script: ScriptParts,
): Record<string, string | null> {
  const { fisher, damping, fisherSamples } = settings;
  for (const [name, program] of setting.programs) requireSize(name, program, settings, setting.problem);
  return {
    fisher: fisherText(fisher, setting, script),
    damping: dampingText(damping, script),
    samples: fisher === 'population' && fisherSamples !== 1000 ? String(fisherSamples) : null,
  };
}

function fisherText(fisher: Fisher, { problem, programs }: Setting, script: ScriptParts): string {
  if (fisher !== 'population') {
    script.need('trainFisher');
    return fisher === 'train' ? 'train_fisher' : 'empirical_fisher';
  }
  const havePredictors = programs.some(([, { predictor }]) => predictor !== null);
  const haveNetworks = programs.some(([, { predictor }]) => predictor === null);
  const ofPredictors = havePredictors ? predictorPopulation(problem, script) : null;
  const ofNetworks = haveNetworks ? inputsPopulation(problem, script) : null;
  if (ofPredictors === null || ofNetworks === null) return ofPredictors ?? ofNetworks ?? '';
  script.need('either');
  return `either(${ofPredictors}, ${ofNetworks})`;
}

function predictorPopulation(problem: AnyProblemDescription, script: ScriptParts): string {
  const { curvature } = populationOf(problem);
  switch (curvature.kind) {
    case 'scalar':
      script.need('scalarPopulation');
      return `scalar_population(${pythonFloat(curvature.value)})`;
    case 'gaussian':
      script.need('gaussianPopulation');
      return 'gaussian_population';
    case 'inputs':
      return inputsPopulation(problem, script);
  }
}

function inputsPopulation(problem: AnyProblemDescription, script: ScriptParts): string {
  const isOwn = populationOf(problem).inputs === 'own';
  script.need(isOwn ? 'ownPopulation' : 'drawnPopulation');
  return isOwn ? 'own_population' : 'drawn_population';
}

function dampingText(damping: Damping, script: ScriptParts): string | null {
  if (typeof damping === 'number') return damping === 0 ? null : pythonFloat(damping);
  script.need('damping');
  const { start, end, over, unit } = damping;
  return `DampingSchedule(${keywords({
    start: pythonFloat(start),
    end: pythonFloat(end),
    over: pythonFloat(over),
    in_steps: unit === 'steps' ? 'True' : null,
  })})`;
}

function requireSize(
  name: string,
  { parameters, predictor, predictorShape }: PredictorProgram,
  { fisher, fisherSamples }: FisherSettings,
  problem: AnyProblemDescription,
): void {
  const p = parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const n = exampleCounts(problem).train;
  const population = predictor === null ? fisherSamples : sizeOf(predictorShape);
  const rows = fisher === 'population' ? population : n;
  if (rows * p <= LARGEST_JACOBIAN) return;
  throw new DefinitionError(
    `'${name}' has a Jacobian of ${rows} × ${p}, more than the ${LARGEST_JACOBIAN} numbers that a Python script factors in every step`,
    { hint: 'Export a smaller experiment, or leave out this optimizer.' },
  );
}

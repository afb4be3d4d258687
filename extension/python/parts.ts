/** The parts that scripts are made of, in their order, and what each of them needs. */
import adam from './parts/adam.py';
import balancedStart from './parts/balancedStart.py';
import batches from './parts/batches.py';
import convolve from './parts/convolve.py';
import damping from './parts/damping.py';
import dampingAt from './parts/dampingAt.py';
import data from './parts/data.py';
import dataset from './parts/dataset.py';
import drawnPopulation from './parts/drawnPopulation.py';
import either from './parts/either.py';
import flat from './parts/flat.py';
import flow from './parts/flow.py';
import gaussianPopulation from './parts/gaussianPopulation.py';
import givenCompletion from './parts/givenCompletion.py';
import gradient from './parts/gradient.py';
import gradientDescent from './parts/gradientDescent.py';
import gradientFlow from './parts/gradientFlow.py';
import guarded from './parts/guarded.py';
import hessianJax from './parts/hessianJax.py';
import hessianNumpy from './parts/hessianNumpy.py';
import kfac from './parts/kfac.py';
import leastSquares from './parts/leastSquares.py';
import linearExamples from './parts/linearExamples.py';
import logistic from './parts/logistic.py';
import main from './parts/main.py';
import matrixCompletion from './parts/matrixCompletion.py';
import matrixSensing from './parts/matrixSensing.py';
import matrixTruth from './parts/matrixTruth.py';
import momentum from './parts/momentum.py';
import natural from './parts/natural.py';
import naturalGradientDescent from './parts/naturalGradientDescent.py';
import naturalGradientFlow from './parts/naturalGradientFlow.py';
import networkAlong from './parts/networkAlong.py';
import networkJax from './parts/networkJax.py';
import networkNumpy from './parts/networkNumpy.py';
import normalizedGradientDescent from './parts/normalizedGradientDescent.py';
import orthogonalStart from './parts/orthogonalStart.py';
import ownPopulation from './parts/ownPopulation.py';
import packed from './parts/packed.py';
import populationFisher from './parts/populationFisher.py';
import predictorAlong from './parts/predictorAlong.py';
import predictorJax from './parts/predictorJax.py';
import predictorNumpy from './parts/predictorNumpy.py';
import random from './parts/random.py';
import regression from './parts/regression.py';
import replacedStart from './parts/replacedStart.py';
import rounded from './parts/rounded.py';
import scalarPopulation from './parts/scalarPopulation.py';
import scatterJax from './parts/scatterJax.py';
import scatterNumpy from './parts/scatterNumpy.py';
import separable from './parts/separable.py';
import sigmoid from './parts/sigmoid.py';
import signDescent from './parts/signDescent.py';
import square from './parts/square.py';
import starts from './parts/starts.py';
import stochasticGradientDescent from './parts/stochasticGradientDescent.py';
import teacher from './parts/teacher.py';
import trained from './parts/trained.py';
import trainFisher from './parts/trainFisher.py';
import vectorTruth from './parts/vectorTruth.py';

/** The library that computes. */
export type Dialect = 'numpy' | 'jax';

/** What a part is, and the parts without which it does not work. */
interface Part {
  text: string;
  /** With JAX, where that differs in more than the name of a module. */
  jax?: string;
  needs?: readonly string[];
}

const natureParts = ['natural', 'leastSquares', 'flat'];

const parts = {
  packed: { text: packed },
  random: { text: random },
  data: { text: data },
  vectorTruth: { text: vectorTruth, needs: ['random'] },
  matrixTruth: { text: matrixTruth, needs: ['random'] },
  linearExamples: { text: linearExamples, needs: ['random', 'data'] },
  separable: { text: separable, needs: ['vectorTruth', 'data'] },
  regression: { text: regression, needs: ['vectorTruth', 'linearExamples'] },
  matrixSensing: { text: matrixSensing, needs: ['matrixTruth', 'linearExamples'] },
  matrixCompletion: { text: matrixCompletion, needs: ['matrixTruth', 'data'] },
  givenCompletion: { text: givenCompletion, needs: ['random', 'data'] },
  dataset: { text: dataset, needs: ['random', 'data'] },
  teacher: { text: teacher, needs: ['linearExamples'] },
  sigmoid: { text: sigmoid },
  logistic: { text: logistic, needs: ['sigmoid'] },
  square: { text: square },
  guarded: { text: guarded },
  rounded: { text: rounded },
  convolve: { text: convolve },
  scatter: { text: scatterNumpy, jax: scatterJax },
  flat: { text: flat },
  starts: { text: starts, needs: ['random'] },
  replacedStart: { text: replacedStart, needs: ['starts'] },
  orthogonalStart: { text: orthogonalStart, needs: ['starts'] },
  balancedStart: { text: balancedStart, needs: ['starts'] },
  predictor: { text: predictorNumpy, jax: predictorJax, needs: ['flat'] },
  predictorAlong: { text: predictorAlong, needs: ['predictor'] },
  network: { text: networkNumpy, jax: networkJax },
  networkAlong: { text: networkAlong, needs: ['network'] },
  gradient: { text: gradient },
  trained: { text: trained },
  batches: { text: batches, needs: ['random'] },
  gradientDescent: { text: gradientDescent, needs: ['gradient', 'trained'] },
  stochasticGradientDescent: { text: stochasticGradientDescent, needs: ['gradient', 'batches', 'trained'] },
  normalizedGradientDescent: { text: normalizedGradientDescent, needs: ['batches', 'trained'] },
  momentum: { text: momentum, needs: ['gradient', 'trained'] },
  adam: { text: adam, needs: ['gradient', 'trained'] },
  signDescent: { text: signDescent, needs: ['trained'] },
  kfac: { text: kfac, needs: ['trained', 'network'] },
  leastSquares: { text: leastSquares },
  natural: { text: natural, needs: ['leastSquares'] },
  trainFisher: { text: trainFisher, needs: natureParts },
  populationFisher: { text: populationFisher, needs: natureParts },
  scalarPopulation: { text: scalarPopulation, needs: ['populationFisher'] },
  gaussianPopulation: { text: gaussianPopulation, needs: ['populationFisher'] },
  ownPopulation: { text: ownPopulation, needs: natureParts },
  drawnPopulation: { text: drawnPopulation, needs: natureParts },
  either: { text: either },
  damping: { text: damping },
  dampingAt: { text: dampingAt },
  naturalGradientDescent: { text: naturalGradientDescent, needs: ['natural', 'dampingAt', 'trained'] },
  flow: { text: flow, needs: ['flat'] },
  hessian: { text: hessianNumpy, jax: hessianJax },
  gradientFlow: { text: gradientFlow, needs: ['gradient', 'flow', 'hessian', 'trained'] },
  naturalGradientFlow: { text: naturalGradientFlow, needs: ['natural', 'flow', 'dampingAt', 'trained'] },
  main: { text: main },
} satisfies Record<string, Part>;

export type PartName = keyof typeof parts;

/** The texts of the parts, and of all that they need, in their order. */
export function textsOf(names: Iterable<PartName>, dialect: Dialect): Map<PartName, string> {
  const wanted = new Set<string>();
  const want = (name: string) => {
    if (wanted.has(name)) return;
    wanted.add(name);
    const { needs = [] }: Part = parts[name as PartName];
    needs.forEach(want);
  };
  for (const name of names) want(name);
  const order = Object.keys(parts) as PartName[];
  const textOf = ({ text, jax }: Part) => (dialect === 'jax' ? (jax ?? text) : text);
  return new Map(order.filter((name) => wanted.has(name)).map((name) => [name, textOf(parts[name])]));
}

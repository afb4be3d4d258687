import { GraphBuilder } from '../compiler/builder.ts';
import { CompiledModule } from '../compiler/module.ts';
import { captureOrigin, DefinitionError } from '../errors.ts';
import { type ActivationName, activationNames, namedActivation } from '../network/activations.ts';
import { networkOutputs } from '../network/network.ts';
import { Options, readWidths } from '../options.ts';
import { RandomStream } from '../random.ts';
import { gaussianInputs, gaussianPopulation, noisy } from './gaussianInputs.ts';
import type { InputRows, Loss, Problem, ProblemData, ProblemDefinition } from './problem.ts';
import { readSeed } from './truth.ts';

/** Gaussian inputs with labels from a random teacher network. */
export interface TeacherProblem {
  type: 'teacher';
  seed: number | null;
  dimension: number;
  train: number;
  test: number;
  /** Widths of the hidden layers. */
  widths: number[];
  activation: ActivationName;
  loss: Loss;
  /** Standard deviation of the noise on the training targets, or probability that a training label is flipped. */
  noise: number;
}

export interface TeacherOptions {
  /**
   * Dimension of the inputs x.
   * @example dimension: 10
   */
  dimension: number;
  /**
   * Number of training examples.
   * @example train: 100
   */
  train: number;
  /**
   * Number of test examples (default 1000).
   * @example test: 2000
   */
  test?: number;
  /**
   * Widths of the teacher's hidden layers, starting from the input.
   * @example widths: [4]
   */
  widths: readonly number[];
  /**
   * The teacher's activation, by name (default `tanh`).
   * @example activation: 'relu'
   */
  activation?: ActivationName;
  /**
   * `square` (default): targets f*(x). `logistic`: labels sign(f*(x)).
   * @example loss: 'logistic'
   */
  loss?: Loss;
  /**
   * Square loss: standard deviation of the noise on the training targets. Logistic loss: probability that a training
   * label is flipped. Default 0; test data are noise-free.
   * @example noise: 0.1
   */
  noise?: number;
  /**
   * Seed of teacher and data, shared by all runs; by default each run uses its own seed.
   * @example seed: 1
   */
  seed?: number;
}

/**
 * Labels from a teacher network: inputs x ~ N(0, I), f* a fully connected network without biases whose weights are
 * drawn from N(0, 1 / inputs of the layer), like the default initialization of `network`.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example teacher({ dimension: 10, train: 100, widths: [4] })
 */
export function teacher(options: TeacherOptions): Problem<TeacherProblem> {
  const known = ['dimension', 'train', 'test', 'widths', 'activation', 'loss', 'noise', 'seed'];
  const read = new Options('teacher', options, known);
  if (typeof read.raw('activation') === 'function') {
    throw new DefinitionError("teacher: 'activation' must be a name", {
      hint: `Available: ${activationNames.map((name) => `'${name}'`).join(', ')}.`,
    });
  }
  const loss = read.choice('loss', ['square', 'logistic'], 'square');
  return {
    type: 'teacher',
    dimension: read.size('dimension'),
    train: read.size('train'),
    test: read.size('test', 1000, 0),
    widths: readWidths(read, 'teacher'),
    activation: read.choice('activation', activationNames, 'tanh'),
    loss,
    noise: loss === 'logistic' ? read.share('noise', 0) : read.nonNegative('noise', 0),
    seed: readSeed(read),
    origin: captureOrigin(teacher),
  };
}

export const teacherProblem: ProblemDefinition<TeacherProblem> = {
  type: 'teacher',
  version: 1,
  inputs: 'rows',
  describe({ train, dimension, activation, widths }) {
    const hidden = widths.length > 0 ? widths.join(' × ') : 'no';
    return `${train} examples in ${dimension} dimensions, labels from a ${activation} network of ${hidden} hidden units`;
  },
  loss: ({ loss }) => loss,
  predictorShape: ({ dimension }) => [dimension],
  exampleCounts: ({ train, test }) => ({ train, test }),
  draw,
  population: ({ dimension, loss }) =>
    gaussianPopulation(dimension, loss === 'logistic' ? { kind: 'gaussian' } : { kind: 'scalar', value: 1 }),
};

function draw(problem: TeacherProblem, seed: number): ProblemData {
  const { dimension, loss, noise } = problem;
  const train = gaussianInputs(problem.train, dimension, seed, 'train inputs');
  const test = problem.test > 0 ? gaussianInputs(problem.test, dimension, seed, 'test inputs') : null;
  const [taught, testTaught] = teach(problem, test ? [train, test] : [train], seed);
  // An output of exactly 0 must be assigned to a class as well.
  const labels = (outputs: Float64Array) => outputs.map((f) => (f < 0 ? -1 : 1));
  const flips = new RandomStream(seed, 'label noise');
  const flipped = (y: number) => (noise > 0 && flips.uniform() < noise ? -y : y);
  return {
    loss,
    predictorShape: [dimension],
    train,
    trainTargets: loss === 'logistic' ? labels(taught).map(flipped) : noisy(taught, noise, seed),
    test,
    testTargets: testTaught && loss === 'logistic' ? labels(testTaught) : (testTaught ?? null),
    truth: null,
  };
}

/** Computes the teacher's outputs on each set of inputs. */
function teach({ dimension, widths, activation }: TeacherProblem, sets: InputRows[], seed: number): Float64Array[] {
  const g = new GraphBuilder();
  const sizes = [dimension, ...widths, 1];
  const weights = sizes.slice(1).map((outputs, l) => {
    const stream = new RandomStream(seed, `teacher's layer ${l + 1}`);
    return g.constant(stream.gaussians(outputs * sizes[l], 1 / Math.sqrt(sizes[l])), [outputs, sizes[l]]);
  });
  const program = { activation: namedActivation(activation), weights, biases: null };
  const outputs = sets.map(
    ({ values, count }) => networkOutputs(g, program, g.constant(values, [count, dimension])).outputs,
  );
  const module = new CompiledModule(g.graph, [], [{ name: 'teach', outputs }]);
  module.entry('teach')(1);
  return outputs.map((node) => module.view(node).slice());
}

/** The problem of an experiment in Python. */
import { DefinitionError } from '../lab/errors.ts';
import { namedActivation } from '../lab/network/activations.ts';
import type { AnyProblemDescription } from '../lab/problems/index.ts';
import { printActivation } from './activations.ts';
import { keywords, pythonArray, pythonFloat, pythonTuple } from './literals.ts';
import type { ScriptParts } from './scriptParts.ts';

/** Largest number of numbers of the user's own data that a script carries. */
const MOST_NUMBERS = 2_000_000;

/**
 * The problem as an expression.
 * @throws DefinitionError for data that are too large to be carried
 */
export function problemText(problem: AnyProblemDescription, script: ScriptParts): string {
  const seed = problem.seed === null ? null : String(problem.seed);
  switch (problem.type) {
    case 'separable': {
      const { dimension, train, test, sparsity, margin, noise } = problem;
      script.need('separable');
      return `Separable(${keywords({ ...sizes({ dimension, train, test, sparsity }), margin: positive(margin), noise: positive(noise), seed })})`;
    }
    case 'regression': {
      const { dimension, train, test, sparsity, noise } = problem;
      script.need('regression');
      return `Regression(${keywords({ ...sizes({ dimension, train, test, sparsity }), noise: positive(noise), seed })})`;
    }
    case 'teacher': {
      const { dimension, train, test, widths, activation, loss, noise } = problem;
      script.need('teacher');
      return `Teacher(${keywords({
        ...sizes({ dimension, train, test }),
        widths: pythonTuple(widths),
        activation: printActivation(script, activation, namedActivation(activation)).value,
        logistic: loss === 'logistic' ? 'True' : null,
        noise: positive(noise),
        seed,
      })})`;
    }
    case 'matrixSensing': {
      const { rows, columns, rank, train, test, noise } = problem;
      script.need('matrixSensing');
      return `MatrixSensing(${keywords({ ...sizes({ rows, columns, rank, train, test }), noise: positive(noise), seed })})`;
    }
    case 'matrixCompletion': {
      const { rows, columns, rank, observed, noise } = problem;
      script.need('matrixCompletion');
      return `MatrixCompletion(${keywords({ ...sizes({ rows, columns, rank, observed }), noise: positive(noise), seed })})`;
    }
    case 'givenCompletion': {
      const { rows, columns, matrix, observed } = problem;
      script.need('givenCompletion');
      requireCarried(matrix.length);
      const positions = typeof observed === 'number' ? String(observed) : `np.array([${observed.join(', ')}])`;
      const given = script.named('MATRIX', pythonArray(matrix, [rows, columns]));
      return `GivenCompletion(${keywords({ matrix: given, observed: positions, seed })})`;
    }
    case 'dataset': {
      const { dimension, trainInputs, trainLabels, testInputs, testLabels, split, standardize } = problem;
      script.need('dataset');
      requireCarried(trainInputs.length + (testInputs?.length ?? 0));
      const rows = (name: string, values: Float64Array | null) =>
        values && script.named(name, pythonArray(values, [values.length / dimension, dimension]));
      const labels = (name: string, values: Float64Array | null) =>
        values && script.named(name, pythonArray(values, [values.length]));
      return `Dataset(${keywords({
        inputs: rows('INPUTS', trainInputs),
        labels: labels('LABELS', trainLabels),
        test_inputs: rows('TEST_INPUTS', testInputs),
        test_labels: labels('TEST_LABELS', testLabels),
        split: split === null ? null : String(split),
        standardize: standardize ? 'True' : null,
        seed,
      })})`;
    }
  }
}

function sizes(values: Record<string, number | null>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === null ? null : String(value)]),
  );
}

/** Null for 0, which is what the script takes otherwise. */
function positive(value: number): string | null {
  return value === 0 ? null : pythonFloat(value);
}

function requireCarried(count: number): void {
  if (count <= MOST_NUMBERS) return;
  throw new DefinitionError(
    `these data have ${count} numbers, more than the ${MOST_NUMBERS} that a Python script carries`,
    { hint: 'Export an experiment with fewer examples, or read the data in Python yourself.' },
  );
}

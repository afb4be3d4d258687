/** The problem of an experiment in Python. */
import { DefinitionError } from '../lab/errors.ts';
import { namedActivation } from '../lab/network/activations.ts';
import type { AnyProblemDescription } from '../lab/problems/index.ts';
import { printActivation } from './activations.ts';
import { keywords, pythonArray, pythonFloat, pythonTuple } from './literals.ts';
import type { ScriptParts } from './scriptParts.ts';

/** Largest number of numbers of the user's own data that a script carries. */
const MOST_NUMBERS = 2_000_000;

type Description<T extends AnyProblemDescription['type']> = Extract<AnyProblemDescription, { type: T }>;

/** The form of each problem in Python. */
const forms: { [T in AnyProblemDescription['type']]?: (problem: Description<T>, script: ScriptParts) => string } = {
  separable({ dimension, train, test, sparsity, margin, noise, seed }, script) {
    script.need('separable');
    return `Separable(${keywords({
      ...counts({ dimension, train, test, sparsity }),
      ...amounts({ margin, noise }),
      ...counts({ seed }),
    })})`;
  },
  regression({ dimension, train, test, sparsity, noise, seed }, script) {
    script.need('regression');
    return `Regression(${keywords({
      ...counts({ dimension, train, test, sparsity }),
      ...amounts({ noise }),
      ...counts({ seed }),
    })})`;
  },
  teacher({ dimension, train, test, widths, activation, loss, noise, seed }, script) {
    script.need('teacher');
    return `Teacher(${keywords({
      ...counts({ dimension, train, test }),
      widths: pythonTuple(widths),
      activation: printActivation(script, activation, namedActivation(activation)).value,
      logistic: loss === 'logistic' ? 'True' : null,
      ...amounts({ noise }),
      ...counts({ seed }),
    })})`;
  },
  matrixSensing({ rows, columns, rank, train, test, noise, seed }, script) {
    script.need('matrixSensing');
    return `MatrixSensing(${keywords({
      ...counts({ rows, columns, rank, train, test }),
      ...amounts({ noise }),
      ...counts({ seed }),
    })})`;
  },
  matrixCompletion({ rows, columns, rank, observed, noise, seed }, script) {
    script.need('matrixCompletion');
    return `MatrixCompletion(${keywords({
      ...counts({ rows, columns, rank, observed }),
      ...amounts({ noise }),
      ...counts({ seed }),
    })})`;
  },
  givenCompletion({ rows, columns, matrix, observed, seed }, script) {
    script.need('givenCompletion');
    requireCarried(matrix.length);
    const positions = typeof observed === 'number' ? String(observed) : `np.array([${observed.join(', ')}])`;
    const given = script.named('MATRIX', pythonArray(matrix, [rows, columns]));
    return `GivenCompletion(${keywords({ matrix: given, observed: positions, ...counts({ seed }) })})`;
  },
  dataset({ dimension, trainInputs, trainLabels, testInputs, testLabels, split, standardize, seed }, script) {
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
      ...counts({ split }),
      standardize: standardize ? 'True' : null,
      ...counts({ seed }),
    })})`;
  },
};

/**
 * The problem as an expression.
 * @throws DefinitionError for one that cannot be exported, and for data that are too large to be carried
 */
export function problemText(problem: AnyProblemDescription, script: ScriptParts): string {
  const form = forms[problem.type] as ((problem: AnyProblemDescription, script: ScriptParts) => string) | undefined;
  if (!form) throw new DefinitionError(`the problem '${problem.type}' has no form in Python yet`);
  return form(problem, script);
}

function counts(values: Record<string, number | null>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === null ? null : String(value)]),
  );
}

/** Those that are 0, as they are in the script unless it says otherwise, are left out. */
function amounts(values: Record<string, number>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === 0 ? null : pythonFloat(value)]),
  );
}

function requireCarried(count: number): void {
  if (count <= MOST_NUMBERS) return;
  throw new DefinitionError(
    `these data have ${count} numbers, more than the ${MOST_NUMBERS} that a Python script carries`,
    { hint: 'Export an experiment with fewer examples, or read the data in Python yourself.' },
  );
}

import { drawGiven } from './completion/given.ts';
import { datasetData } from './dataset/data.ts';
import { drawCompletion } from './matrixCompletion.ts';
import { drawSensing } from './matrixSensing.ts';
import { exampleCounts, type Problem, type ProblemData } from './problem.ts';
import { drawRegression } from './regression.ts';
import { drawSeparable } from './separable.ts';
import { drawTeacher } from './teacher.ts';

/** A problem's data; the same for the same seed, on every machine. */
export function drawProblem(problem: Problem, seed: number): ProblemData {
  const chosen = problem.seed ?? seed;
  switch (problem.type) {
    case 'separable':
      return drawSeparable(problem, chosen);
    case 'regression':
      return drawRegression(problem, chosen);
    case 'teacher':
      return drawTeacher(problem, chosen);
    case 'matrixSensing':
      return drawSensing(problem, chosen);
    case 'matrixCompletion':
      return drawCompletion(problem, chosen);
    case 'givenCompletion':
      return drawGiven(problem, chosen);
    case 'dataset':
      return datasetData(problem, chosen);
  }
}

/** One line for a header. */
export function describeProblem(problem: Problem): string {
  const { train, test } = exampleCounts(problem);
  switch (problem.type) {
    case 'separable':
    case 'regression': {
      const truth = problem.sparsity === null ? '' : `, ${problem.sparsity} of them matter`;
      return `${train} examples in ${problem.dimension} dimensions${truth}`;
    }
    case 'teacher': {
      const widths = problem.widths.length > 0 ? problem.widths.join(' × ') : 'no';
      return `${train} examples in ${problem.dimension} dimensions, labels from a ${problem.activation} network of ${widths} hidden units`;
    }
    case 'matrixSensing':
      return `${train} measurements of a ${problem.rows} × ${problem.columns} matrix of rank ${problem.rank}`;
    case 'matrixCompletion':
      return `${train} of ${train + test} entries of a ${problem.rows} × ${problem.columns} matrix of rank ${problem.rank}`;
    case 'givenCompletion':
      return `${train} of ${train + test} ${problem.known < problem.matrix.length ? 'known ' : ''}entries of a given ${problem.rows} × ${problem.columns} matrix`;
    case 'dataset':
      return `${train} examples in ${problem.dimension} dimensions${problem.labelled ? ` · ${problem.labelled}` : ''}`;
  }
}

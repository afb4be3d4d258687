/** Commands that ask for more of an experiment than its definition says: more seeds, more steps, everything anew. */
import * as vscode from 'vscode';
import { MOST_RUNS } from '../lab/limits.ts';
import type { GridPlan } from '../report/grid.ts';
import type { Wishes } from '../runs/engine.ts';
import { moreSeeds } from '../runs/moreSeeds.ts';
import type { RunService } from '../runs/runService.ts';

/**
 * Asks how many seeds there shall be.
 * @returns null if the user gave up
 */
export async function askForSeeds(grid: GridPlan): Promise<Wishes | null> {
  const { seeds } = grid;
  const count = await askForNumber(
    'Run with more seeds',
    `It has ${seeds.length}. Runs that are stored are not trained again.`,
    2 * seeds.length,
    Math.floor(MOST_RUNS / Math.max(1, grid.runs.length / seeds.length)),
  );
  return count === null ? null : { seeds: moreSeeds(seeds, count) };
}

/**
 * Asks how many steps there shall be.
 * @returns null if the user gave up, or the experiment takes no steps
 */
export async function askForSteps(grid: GridPlan): Promise<Wishes | null> {
  if (grid.steps === null) {
    void vscode.window.showInformationMessage('This experiment has flows only: they end at the time `until`.');
    return null;
  }
  const steps = await askForNumber('Run with more steps', `It has ${grid.steps}.`, 2 * grid.steps, 2 ** 31);
  return steps === null ? null : { steps };
}

/** The grid of an experiment's last run. Without one, the definition has to run first. */
export function gridOf(runs: RunService, file: string, experiment: string): GridPlan | null {
  const grid = runs.view(file, experiment)?.grid ?? null;
  if (!grid) void vscode.window.showInformationMessage('Run the experiment first: then its seeds and steps are known.');
  return grid;
}

async function askForNumber(title: string, prompt: string, proposed: number, most: number): Promise<number | null> {
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    value: String(proposed),
    validateInput: (typed) => (isCount(typed, most) ? null : `A whole number from 1 to ${most}`),
  });
  return text === undefined ? null : Number(text);
}

function isCount(text: string, most: number): boolean {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most;
}

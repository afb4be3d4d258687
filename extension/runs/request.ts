/** One request to the engine for runs of a file. */
import type { EngineRun } from '../engine/client.ts';
import type { SourceText } from '../report/recalled.ts';
import type { Engine, RunSettings, Wishes } from './engine.ts';
import type { Patience } from './patience.ts';

export interface Request {
  /** Where the file is now. */
  file: string;
  /** Where it was when the run was asked for: the engine speaks of this path. */
  readonly asked: string;
  /** Null while it waits for an earlier request to end. */
  run: EngineRun | null;
  ended: Promise<unknown>;
  /** Whether it runs all experiments of the file, whose names are only known after loading. */
  all: boolean;
  /** The known names of its experiments. */
  experiments: Set<string>;
  canceled: boolean;
  wishes: Wishes;
  /** The unsaved texts when it was asked for. */
  unsaved: SourceText[];
  /** Null unless it is a draft. */
  patience: Patience | null;
}

export function cancel(request: Request): void {
  request.canceled = true;
  request.run?.cancel();
}

/** What the engine is asked for, apart from what is known already. */
export function askedOf(
  { file, wishes, unsaved }: Request,
  { store, ...settings }: RunSettings,
): Omit<Parameters<Engine['run']>[0], 'experiments' | 'have'> {
  const { seeds = null, steps = null, fresh = false, draft = false, only = null } = wishes;
  const from = { unsaved, draft, only, inspection: true };
  return { file, ...settings, store: store && { ...store, fresh }, instead: { seeds, steps }, ...from };
}

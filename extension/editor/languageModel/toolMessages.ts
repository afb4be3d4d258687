/** What the user reads before a tool is used. */
import { shownName } from '../../report/shownName.ts';
import type { ToolName } from './toolName.ts';

export interface ToolMessages {
  /** What is being done. */
  progress: string;
  /** The question whether it may be done; null for what executes nothing. */
  question: { title: string; message: string } | null;
}

/** @param input as the model has given it */
export function toolMessages(name: ToolName, input: { file?: unknown; experiment?: unknown }): ToolMessages {
  const experiment = shownName(String(input.experiment));
  switch (name) {
    case 'depthLab_listExperiments':
      return { progress: 'Listing the experiments', question: null };
    case 'depthLab_readResults':
      return { progress: `Reading the results of ${experiment}`, question: null };
    case 'depthLab_runExperiment': {
      const file = shownName(String(input.file), 300);
      const message = `The code of ${file} runs on this machine, after the file has been saved.`;
      return { progress: `Running ${experiment}`, question: { title: `Run ${experiment}?`, message } };
    }
  }
}

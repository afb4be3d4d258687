/** Offers the tools to language models, where this version of VS Code (or of its relatives) has such tools. */
import * as vscode from 'vscode';
import { shownName } from '../../report/shownName.ts';
import type { LabTools, Named } from './labTools.ts';

/** @param load gives the tools; called when a model uses one for the first time */
export function registerLabTools(load: () => Promise<LabTools>): vscode.Disposable {
  const isOffered = 'lm' in vscode && typeof vscode.lm.registerTool === 'function';
  if (!isOffered) return vscode.Disposable.from();
  return vscode.Disposable.from(
    vscode.lm.registerTool('depthLab_listExperiments', {
      prepareInvocation: () => ({ invocationMessage: 'Listing the experiments' }),
      invoke: async () => result(await (await load()).list()),
    }),
    vscode.lm.registerTool<Named>('depthLab_readResults', {
      prepareInvocation: ({ input }) => ({ invocationMessage: `Reading the results of ${nameOf(input)}` }),
      invoke: async ({ input }) => result(await (await load()).read(checked(input))),
    }),
    vscode.lm.registerTool<Named>('depthLab_runExperiment', {
      prepareInvocation: ({ input }) => ({
        invocationMessage: `Running ${nameOf(input)}`,
        confirmationMessages: {
          title: `Run ${nameOf(input)}?`,
          message: new vscode.MarkdownString().appendText(
            `The code of ${shownName(input.file, 300)} runs on this machine, after the file has been saved.`,
          ),
        },
      }),
      invoke: async ({ input }, token) => result(await (await load()).run(checked(input), token)),
    }),
  );
}

const nameOf = ({ experiment }: Named) => shownName(String(experiment));

function result(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

/** VS Code has checked the input against the schema; other callers may not have. */
function checked({ file, experiment }: Named): Named {
  if (typeof file === 'string' && typeof experiment === 'string') return { file, experiment };
  throw new Error('The input must be { "file": text, "experiment": text }, as the list of experiments has them.');
}

/**
 * Offers the tools to language models, where this version of VS Code (or of its relatives) has such tools. It is loaded
 * with every TypeScript file, and loads the rest when a tool is used.
 */
import * as vscode from 'vscode';
import type { LabTools } from './labTools.ts';
import { toolNames } from './toolName.ts';

/** @param load gives the tools */
export function registerLabTools(load: () => Promise<LabTools>): vscode.Disposable {
  const isOffered = 'lm' in vscode && typeof vscode.lm.registerTool === 'function';
  if (!isOffered) return vscode.Disposable.from();
  return vscode.Disposable.from(
    ...toolNames.map((name) =>
      vscode.lm.registerTool<object>(name, {
        async prepareInvocation({ input }) {
          const { progress, question } = (await load()).messages(name, input);
          if (!question) return { invocationMessage: progress };
          const message = new vscode.MarkdownString().appendText(question.message);
          return { invocationMessage: progress, confirmationMessages: { title: question.title, message } };
        },
        async invoke({ input }, token) {
          const text = await (await load()).use(name, input, token);
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
        },
      }),
    ),
  );
}

import path from 'node:path';
import * as vscode from 'vscode';
import { registerCommands } from './editor/commands.ts';
import { Completion } from './editor/completion.ts';
import { unsavedTexts } from './editor/contents.ts';
import { Dependencies } from './editor/dependencies.ts';
import { Diagnostics } from './editor/diagnostics.ts';
import { startEarly } from './editor/earlyStart.ts';
import { EngineStatus } from './editor/engineStatus.ts';
import { ExperimentList } from './editor/experimentList.ts';
import { ExperimentTree } from './editor/experimentTree.ts';
import { Explanations } from './editor/explanations.ts';
import { Exports } from './editor/exports.ts';
import { followEditor } from './editor/followEditor.ts';
import { registerGallery } from './editor/gallery.ts';
import { RunHistory } from './editor/history.ts';
import { Hovers } from './editor/hovers.ts';
import { InlineResults } from './editor/inlineResults.ts';
import { Inspections } from './editor/inspections.ts';
import { Knobs } from './editor/knobs.ts';
import { LabDocuments } from './editor/labDocuments.ts';
import { LAB_SELECTOR } from './editor/labFiles.ts';
import { LabTools } from './editor/languageModel/labTools.ts';
import { Lenses } from './editor/lenses.ts';
import { LineLenses } from './editor/lineLenses.ts';
import { LitLines } from './editor/litLines.ts';
import { Live } from './editor/live.ts';
import { registerNewExperiment } from './editor/newExperiment.ts';
import { registerNudges } from './editor/nudges.ts';
import { Prints } from './editor/prints.ts';
import { PythonCopies } from './editor/pythonCopies.ts';
import { QuickFixes } from './editor/quickFixes.ts';
import { Recalls } from './editor/recalls.ts';
import { followRenames } from './editor/renames.ts';
import { RunStatus } from './editor/runStatus.ts';
import { Saves } from './editor/saves.ts';
import { registerSelectEngine } from './editor/selectEngine.ts';
import { LabTests } from './editor/tests/labTests.ts';
import { TypesProvider } from './editor/typesProvider.ts';
import { ExperimentsPanel } from './panel/experimentsPanel.ts';
import { ResultsPanel } from './panel/panel.ts';
import { ResultsPanels } from './panel/panels.ts';
import { EXPERIMENTS_VIEW_TYPE, RESULTS_VIEW_TYPE, type ViewType } from './panel/viewType.ts';
import { EngineProcesses } from './runs/engineProcesses.ts';
import { PinnedRuns } from './runs/pinned.ts';
import { RunService } from './runs/runService.ts';

/** What VS Code asks of the extension once it has started. */
export interface Started {
  /** They restore its panels after a reload of the window. */
  serializers: Record<ViewType, vscode.WebviewPanelSerializer>;
  /** The contents of the view in the activity bar. */
  experiments: vscode.TreeDataProvider<vscode.TreeItem>;
  /** What language models can do. */
  tools: LabTools;
}

/**
 * Starts the extension: creates its parts and connects them.
 * @param tests shows experiments and claims in the Test Explorer
 * @returns what VS Code asks of it
 */
export function start(context: vscode.ExtensionContext, tests: vscode.TestController): Started {
  const engines = new EngineProcesses(
    path.join(context.extensionPath, 'dist/engine.js'),
    context.globalStorageUri.fsPath,
  );
  const saves = new Saves();
  const runs = new RunService({
    engineFor: (file) => engines.for(file),
    settings: (file) => engines.settings(file),
    prepare: (file) => {
      const isSaved = saves.prepare(file);
      // What runs is compared with later texts: it must be known when the run starts.
      if (isSaved === true && documents.isCurrent(file)) return true;
      return Promise.resolve(isSaved).then(async (saved) => {
        if (saved) await documents.settledSoon(file);
        return saved;
      });
    },
    unsaved: unsavedTexts,
    onDepends: (...made) => dependencies.remember(...made),
    onPrinted: (...printed) => prints.add(...printed),
  });
  const prints: Prints = new Prints(runs);
  const documents: LabDocuments = new LabDocuments(runs);
  const dependencies: Dependencies = new Dependencies(documents, runs);
  const isStored = (file: string) => engines.settings(file).store !== null;
  const live = new Live({ documents, dependencies, runs, saves, isStored });
  const pinned = new PinnedRuns(engines);
  const lenses = new Lenses(documents, runs, live, pinned);
  const lineLenses = new LineLenses(documents, runs);
  const panel = new ResultsPanels(() => new ResultsPanel(context, runs, pinned));
  const showResults = (file: string, experiment: string) => panel.show(file, experiment);
  const list = new ExperimentList({ runs, showResults, allHistory: (files) => engines.allHistory(files) });
  const table = new ExperimentsPanel(context.extensionUri, list);
  const experiments = new ExperimentTree(list, runs);
  const diagnostics = new Diagnostics(documents, runs);
  const inspections = new Inspections(engines);
  const exports = new Exports({
    cli: path.join(context.extensionPath, 'dist/cli.js'),
    settings: (file) => engines.settings(file),
    prepare: (file) => saves.prepare(file),
  });
  const history = new RunHistory({
    ...{ documents, dependencies, runs, pinned, showResults },
    recallRecord: (...asked) => engines.recallRecord(...asked),
  });

  context.subscriptions.push(
    engines,
    documents,
    prints,
    dependencies,
    live,
    lenses,
    lineLenses,
    new TypesProvider(context),
    panel,
    new Recalls({ documents, dependencies, runs, recall: (...asked) => engines.recall(...asked) }),
    new InlineResults(documents, runs),
    new LitLines(documents, panel),
    startEarly((file) => engines.warm(file)),
    new Knobs(documents, panel),
    registerNudges(),
    new RunStatus(runs),
    followEditor(documents, runs, panel, RESULTS_VIEW_TYPE),
    diagnostics,
    vscode.languages.registerCodeActionsProvider(
      LAB_SELECTOR,
      new QuickFixes(diagnostics, inspections),
      QuickFixes.metadata,
    ),
    new EngineStatus({ documents, runs, panel }),
    vscode.languages.registerCodeLensProvider(LAB_SELECTOR, lenses),
    vscode.languages.registerCodeLensProvider(LAB_SELECTOR, lineLenses),
    vscode.languages.registerHoverProvider(LAB_SELECTOR, new Hovers(documents, runs, inspections)),
    inspections,
    vscode.languages.registerCompletionItemProvider(
      LAB_SELECTOR,
      new Completion(documents, runs),
      ...Completion.triggers,
    ),
    list,
    table,
    vscode.commands.registerCommand('depthLab.showExperiments', () => table.show()),
    registerCommands({
      ...{ documents, runs, live, history, exports, showResults },
      pythonCopies: new PythonCopies(engines),
      showBeside: (file, experiment) => panel.showBeside(file, experiment),
    }),
    history,
    new LabTests(tests, documents, runs),
    registerNewExperiment(),
    registerGallery(vscode.Uri.joinPath(context.extensionUri, 'media/gallery')),
    experiments,
    new Explanations(engines),
    registerSelectEngine(context),
    followRenames(runs, [documents, dependencies, live, runs, panel], (...moved) => engines.moveHistory(...moved)),
  );
  const tools = new LabTools({
    isTrusted: () => vscode.workspace.isTrusted,
    rows: () => list.rows(),
    view: (file, experiment) => runs.view(file, experiment),
    stored: (file, experiment) => engines.latest(file, experiment),
    begin: (file, experiment) => runs.begun(file, [experiment]),
    stop: (file, experiment) => runs.stop(file, experiment),
    subscribe: (listener) => runs.subscribe(listener),
  });
  return { serializers: { [RESULTS_VIEW_TYPE]: panel, [EXPERIMENTS_VIEW_TYPE]: table }, experiments, tools };
}

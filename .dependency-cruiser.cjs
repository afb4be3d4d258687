// Which folder may import which; docs/architecture.md shows it as a table.
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(extension|webview)/', pathNot: [from, ...allowed] },
});

/** The lab from the ground up: each part may import those of its own line and of the lines above it in this list. */
const labLayers = [
  ['assembler', 'linearAlgebra', 'results', 'random', 'errors', 'files', 'limits', 'options', 'encoding'],
  ['compiler'],
  ['tensor', 'network'],
  ['problems', 'parameterizations', 'metrics'],
  ['training'],
  ['optimizers'],
  ['run', 'theory', 'definition', 'sweep', 'experiment'],
  ['index'],
];
const inLab = (parts) => `^extension/lab/(${parts.join('|')})(/|\\.ts$)`;
const labOrder = labLayers.slice(0, -1).map((parts, i) => ({
  name: `lab-order-${parts[0]}`,
  comment: 'docs/architecture.md shows the order',
  severity: 'error',
  from: { path: inLab(parts) },
  to: { path: inLab(labLayers.slice(i + 1).flat()) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...labOrder,
    only('lab-stands-alone', '^extension/lab/', [], 'the science imports nothing else'),
    only('definitions-stands-alone', '^extension/definitions/', [], 'finding experiments needs only the text'),
    only('store-stands-alone', '^extension/store/', [], 'the store keeps bytes and does not know what they mean'),
    only('report-uses-lab', '^extension/report/', ['^extension/lab/'], 'what is told of an experiment: lab <- report'),
    only(
      'export-uses-report',
      '^extension/export/',
      ['^extension/lab/', '^extension/report/'],
      'tables are made of results, wherever they come from',
    ),
    only(
      'figures-use-charts',
      '^extension/figures/',
      [
        '^extension/(export|lab|report)/',
        '^webview/(charts|plot)/',
        '^webview/(cells|palette|preferences|state|theme|timeAxis)\\.ts$',
      ],
      'figures are drawn by the code that draws the panel',
    ),
    {
      name: 'figures-have-no-page',
      comment: 'figures are drawn on the command line: what they share with the panel touches no document',
      severity: 'error',
      from: { path: '^extension/figures/' },
      to: { path: '^webview/(dom|host|main|card|controls|plot/plot)\\.ts$', reachable: true },
    },
    only('python-uses-lab', '^extension/python/', ['^extension/lab/'], 'lab <- python'),
    only(
      'evaluator-uses-lab',
      '^extension/evaluator/',
      ['^extension/lab/', '^extension/report/', '^extension/python/'],
      'lab <- evaluator',
    ),
    only(
      'engine-uses-evaluator',
      '^extension/engine/',
      [
        '^extension/evaluator/(channel|descendants|frames|protocol|storedPaths)',
        '^extension/evaluator/loader/',
        '^extension/lab/',
        '^extension/report/',
        '^extension/store/',
      ],
      'the engine starts evaluators and exchanges messages with them; it never executes user code',
    ),
    only(
      'runs-use-engine',
      '^extension/runs/',
      ['^extension/engine/(client|protocol)', '^extension/report/', '^extension/lab/', '^extension/store/location'],
      'engine <- runs, through its client',
    ),
    only(
      'editor-uses-runs',
      '^extension/editor/',
      ['^extension/runs/', '^extension/definitions/', '^extension/report/', '^extension/lab/'],
      'runs <- editor',
    ),
    only(
      'panel-uses-runs',
      '^extension/panel/',
      ['^extension/runs/', '^extension/report/', '^extension/lab/'],
      'runs <- panel',
    ),
    only(
      'cli-uses-engine',
      '^extension/cli/',
      [
        '^extension/engine/(client|protocol)',
        '^extension/engine/stored/pins',
        '^extension/definitions/',
        '^extension/export/',
        '^extension/figures/',
        '^extension/report/',
        '^extension/lab/',
        '^extension/store/',
      ],
      'cli -> engine, through its client',
    ),
    only(
      'webview-uses-protocol',
      '^webview/',
      [
        '^extension/panel/(protocol|experimentsProtocol)',
        '^extension/export/packed',
        '^extension/report/',
        '^extension/lab/',
      ],
      'the webview shares the protocol with the panel, and types and the model of results with the lab',
    ),
    {
      name: 'webview-takes-only-types-of-lab',
      comment: 'apart from the model of results, which is the same for command line, editor and panel',
      severity: 'error',
      from: { path: '^webview/' },
      to: { path: '^extension/lab/', pathNot: '^extension/lab/results/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'results-are-light',
      comment:
        'the panel bundles the model of results and the report, and tables are made of them: of the rest of the lab they know types alone',
      severity: 'error',
      from: { path: '^extension/(lab/results|report|export)/' },
      to: { path: '^extension/lab/', pathNot: '^extension/lab/results/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'vscode-in-its-folders',
      comment: 'only activation, main, editor, panel and runs know the editor',
      severity: 'error',
      from: { path: '^(extension|webview)/', pathNot: '^extension/(activation\\.ts|main\\.ts|editor/|panel/|runs/)' },
      to: { path: '^vscode$' },
    },
    {
      name: 'activation-is-small',
      comment: 'VS Code loads it for every TypeScript file: what it needs of the rest it imports when a lab file opens',
      severity: 'error',
      from: { path: '^extension/activation\\.ts$' },
      to: {
        path: '^extension/',
        pathNot: '^extension/(editor/(labFiles|languageModel/register)|panel/viewType)\\.ts$',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'tools-are-registered-early',
      comment: 'what activation loads for language models is small, too',
      severity: 'error',
      from: { path: '^extension/editor/languageModel/register\\.ts$' },
      to: {
        path: '^extension/',
        pathNot: '^extension/editor/languageModel/toolName\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'lab-touches-no-machine',
      comment: 'no file system, no process in the science',
      severity: 'error',
      from: { path: '^extension/lab/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'toolkit-in-one-file',
      comment: 'the toolkit is archived; one file knows it, so that another can take its place',
      severity: 'error',
      from: { path: '^webview/', pathNot: '^webview/controls\\.ts$' },
      to: { path: '@vscode/webview-ui-toolkit' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|test/workbench/vscode)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};

/** What `Depth Lab: Export` offers, and how large figures become. */
import * as vscode from 'vscode';
import type { ExportRequest } from '../report/exportRequest.ts';

/** What can be exported. */
export interface Kind extends vscode.QuickPickItem {
  args: string[];
  isFigure?: boolean;
  /** The ending of a single file; without one, files are written into a folder. */
  ending?: string;
}

/** @param tile null for a whole experiment */
export function kindsOf(tile: ExportRequest['tile']): Kind[] {
  const only = tile?.figure ? ['--only', tile.figure] : [];
  const some = tile?.table ? ['--tables', tile.table] : [];
  const [figure, table, contents] = tile
    ? ['Figure', 'Table', tile.table ? `${tile.table} of the whole experiment` : '']
    : ['Figures', 'Tables', 'runs, curves, predictors, parameters, theory'];
  return [
    ...(tile && !tile.figure
      ? []
      : [
          heading('Figures'),
          figures(`${figure} as SVG`, 'svg', 'vectors, for the web and for editing', only),
          figures(`${figure} as PDF`, 'pdf', 'vectors, for LaTeX', only),
          figures(`${figure} as PNG`, 'png', '300 pixels on an inch', only),
        ]),
    ...(tile && !tile.table
      ? []
      : [
          heading('Tables'),
          tables(`${table} as CSV`, 'csv', contents, some),
          tables(`${table} as Parquet`, 'parquet', 'the same, for pandas and polars', some),
          tables(`${table} as NumPy (NPZ)`, 'npz', 'the same, as arrays', some),
        ]),
    ...(tile
      ? []
      : [
          heading('Python'),
          script('NumPy', 'python'),
          script('JAX', 'jax'),
          heading('Reports'),
          report('html', 'HTML', 'this panel as one file that opens anywhere, without a network'),
          report('md', 'Markdown', 'the tables, to be pasted'),
          report('tex', 'LaTeX', 'the tables, to be included'),
        ]),
  ];
}

const heading = (label: string): Kind => ({ label, kind: vscode.QuickPickItemKind.Separator, args: [] });

function figures(label: string, format: string, description: string, only: string[]): Kind {
  return { label, description, args: ['export', '--figures', format, ...only], isFigure: true };
}

function tables(label: string, format: string, description: string, some: string[]): Kind {
  return { label, description, args: ['export', '--format', format, ...some] };
}

function script(library: string, format: string): Kind {
  const description = `trains by itself, with ${library}, and gives the same numbers`;
  return { label: `Script with ${library}`, description, args: ['export', '--format', format] };
}

function report(ending: string, name: string, description: string): Kind {
  return { label: `Report as ${name}`, description, args: ['report'], ending };
}

/** Widths of figures in common styles, in centimetres. */
const WIDTHS = [
  { centimetres: 8.5, description: 'one of two columns' },
  { centimetres: 12, description: 'the text of a book or a thesis' },
  { centimetres: 17.5, description: 'both columns' },
  { centimetres: 25, description: 'a slide' },
];

/**
 * Asks for the width of figures; their letters are those of the settings.
 * @param view what the reader of the panel has chosen, as JSON
 * @returns arguments of the command line; null if the user gave up
 */
export async function askForLook(file: string, view: string | undefined): Promise<string[] | null> {
  const settings = vscode.workspace.getConfiguration('depthLab.figures', vscode.Uri.file(file));
  const font = settings.get<string>('font', 'sans');
  const size = settings.get<number>('fontSize', 8);
  const usual = settings.get<number>('width', 8.5);
  const known = WIDTHS.map(({ centimetres, description }) => ({
    label: `${centimetres} cm`,
    description,
    centimetres,
  }));
  const own = { label: `${usual} cm`, description: 'your setting', centimetres: usual };
  const first = known.find(({ centimetres }) => centimetres === usual) ?? own;
  const change = { label: 'Width, font and size of letters…', description: 'opens the settings', centimetres: 0 };
  const items = [first, ...known.filter((one) => one !== first), change];
  const title = `Width of the figures, with letters of ${size} pt${font === 'serif' ? ', serif' : ''}`;
  const chosen = await vscode.window.showQuickPick(items, { title });
  if (chosen === change) await vscode.commands.executeCommand('workbench.action.openSettings', 'depthLab.figures');
  if (!chosen || chosen === change) return null;
  const look = ['--width', String(chosen.centimetres), '--font', font, '--font-size', String(size)];
  return view === undefined ? look : [...look, '--view', view];
}

import type { DocumentSelector, TextDocument } from 'vscode';

/** File names of lab files. */
export const LAB_FILE = /\.lab\.(ts|mts|js|mjs)$/;

/** The same as a pattern of VS Code. */
export const LAB_FILES = '**/*.lab.{ts,mts,js,mjs}';

/** Lab files on disk, from where the engine loads them. */
export const LAB_SELECTOR: DocumentSelector = { scheme: 'file', pattern: LAB_FILES };

export const isLabDocument = ({ uri }: TextDocument): boolean => uri.scheme === 'file' && LAB_FILE.test(uri.path);

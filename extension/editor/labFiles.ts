import type { DocumentSelector, TextDocument } from 'vscode';

/** What a lab file is called. */
export const LAB_FILE = /\.lab\.(ts|mts|js|mjs)$/;

/** Lab files on disk: the engine loads them from there. */
export const LAB_SELECTOR: DocumentSelector = { scheme: 'file', pattern: '**/*.lab.{ts,mts,js,mjs}' };

export const isLabDocument = ({ uri }: TextDocument): boolean => uri.scheme === 'file' && LAB_FILE.test(uri.path);

/** What files contain now: in the editor where they are open, otherwise on the disk. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import { readCode } from '../definitions/index.ts';
import type { SourceText } from '../report/recalled.ts';
import { inSlices } from './slices.ts';

/** How a file is compared: as code, without whitespace and comments; as text; or by its bytes. */
export type Kind = 'code' | 'text' | 'bytes';

/** What is compared of a file. */
export interface Content {
  /** The same for files that are the same. */
  digest: string;
  /** Whether it has no syntax error, as far as that is looked at. */
  isComplete: boolean;
}

export const documentAt = (file: string): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find(({ uri, isClosed }) => uri.scheme === 'file' && uri.fsPath === file && !isClosed);

/**
 * The texts of editors with unsaved changes. Data in an encoding of their own are left out, since they are read by their
 * bytes: until they are saved, what is on the disk counts.
 */
export function unsavedTexts(): SourceText[] {
  return vscode.workspace.textDocuments
    .filter(({ uri, isDirty, isClosed }) => uri.scheme === 'file' && isDirty && !isClosed)
    .filter(({ uri, encoding }) => /\.(m?[jt]s|json)$/.test(uri.path) || /^utf8(bom)?$/.test(encoding))
    .map((document) => ({ file: document.uri.fsPath, text: textOf(document) }));
}

/** A document as it would be saved, as far as UTF-8 can say it: readers of data may need the mark at the start. */
function textOf(document: vscode.TextDocument): string {
  return document.encoding === 'utf8bom' ? `\uFEFF${document.getText()}` : document.getText();
}

/** The content of a file now; null if it cannot be read. */
export async function contentOf(file: string, kind: Kind): Promise<Content | null> {
  const document = documentAt(file);
  try {
    if (kind === 'bytes' && !document?.isDirty) return { digest: await hashOf(file), isComplete: true };
    return await contentOfText(document ? textOf(document) : await readFile(file, 'utf8'), kind);
  } catch {
    return null;
  }
}

/** What a file with this text would be compared by. */
export async function contentOfText(text: string, kind: Kind): Promise<Content> {
  if (kind === 'code') return (await inSlices(readCode(text), () => false)) as Content;
  if (kind === 'text') return { digest: text, isComplete: isJson(text) };
  return { digest: createHash('sha256').update(text).digest('hex'), isComplete: true };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** SHA-256 of a file of any size. */
async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

/** The user's files as they are executed: TypeScript without its types, JavaScript and JSON as they are, once checked. */
import type { SourceModule } from '../protocol.ts';
import { requireJson } from './jsonSyntax.ts';
import { requireModule } from './moduleSyntax.ts';
import { stripTypes } from './strip.ts';

/** @throws SourceSyntaxError at the mistake */
export function executable(file: string, text: string): Pick<SourceModule, 'format' | 'source'> {
  if (file.endsWith('.json')) {
    requireJson(text, file);
    return { format: 'json', source: text };
  }
  if (/\.m?ts$/.test(file)) return { format: 'module', source: stripTypes(text, file) };
  requireModule(text, file);
  return { format: 'module', source: text };
}

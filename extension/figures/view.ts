/** What a reader of the panel has chosen, for figures. */
import { defaultPreferences, type Preferences, readPreferences } from '../../webview/preferences.ts';

export type FigureView = Partial<Preferences>;

/**
 * @param text an object in JSON with some of the panel's preferences
 * @throws Error that says what is wrong, in one sentence
 */
export function figureView(text: string): FigureView {
  const view = parsedRecord(text);
  const known = Object.keys(defaultPreferences);
  const wrong = Object.keys(view).find((key) => !known.includes(key));
  if (wrong !== undefined) throw new Error(`There is no choice '${wrong}': ${known.join(', ')}.`);
  const read = readPreferences({ preferences: view });
  const given = Object.entries(read).filter(([key]) => key in view);
  const bad = given.find(([key, value]) => JSON.stringify(value) !== JSON.stringify(view[key]));
  if (bad) throw new Error(`'${bad[0]}' cannot be ${JSON.stringify(view[bad[0]])}.`);
  return Object.fromEntries(given);
}

function parsedRecord(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new Error('It must be an object in JSON, for example {"quantity": "error"}.');
}

/** What VS Code in a browser has kept of its editors, from which a reloaded window is restored. */
import type { Page } from 'playwright-core';

/**
 * Whether a reload would bring back every results panel with the experiment on view. VS Code writes its layout down
 * every few seconds; what a reload comes before is lost, whatever an extension does.
 */
export async function keepsPanels(page: Page): Promise<boolean> {
  const titles = await page.locator('.tab').filter({ hasText: 'Depth Lab: ' }).allTextContents();
  if (titles.length === 0) return true;
  const layouts = await page.evaluate(keptLayouts);
  return titles.every((title) => {
    const name = title.replace(/^.*Depth Lab: /s, '').trim();
    // The layout is JSON within JSON within JSON.
    return layouts.some((layout) => layout.replaceAll('\\', '').includes(`"experiment":"${name}`));
  });
}

/** The layouts of the editors of all workspaces, as texts. Runs in the page. */
async function keptLayouts(): Promise<string[]> {
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const layouts: string[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('vscode-web-state-db-')) continue;
    const database = await done(indexedDB.open(name));
    const table = database.transaction('ItemTable').objectStore('ItemTable');
    layouts.push(String(await done(table.get('memento/workbench.parts.editor'))));
    database.close();
  }
  return layouts;
}

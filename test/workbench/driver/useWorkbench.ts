import { afterAll, afterEach, beforeAll } from 'vitest';
import { TemporaryFolder } from './folder.ts';
import { Workbench } from './workbench.ts';

export interface InFolder {
  readonly folder: TemporaryFolder;
  readonly workbench: Workbench;
}

/**
 * Opens VS Code with a fresh folder for the tests of one file, and keeps a picture of each test that fails.
 * @param address asks for the address of another server than the common one
 */
export function useWorkbench(files: Record<string, string>, address?: () => string): InFolder {
  const folder = new TemporaryFolder(files);
  let workbench: Workbench | undefined;
  beforeAll(async () => {
    workbench = await Workbench.launch(folder.path, address?.());
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await workbench?.screenshot(`failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`);
  });
  afterAll(async () => {
    await workbench?.close();
    folder.dispose();
  });
  return {
    folder,
    get workbench() {
      if (!workbench) throw new Error('VS Code opens before the first test, not earlier');
      return workbench;
    },
  };
}

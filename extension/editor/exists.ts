import { access } from 'node:fs/promises';

/** Whether there is something at a path. */
export const exists = (at: string): Promise<boolean> =>
  access(at).then(
    () => true,
    () => false,
  );

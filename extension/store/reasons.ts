/** Why files cannot be read or written, in words. */

const reasons: Partial<Record<string, string>> = {
  EACCES: 'permission is missing',
  EPERM: 'permission is missing',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be too large',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
  EISDIR: 'a folder is in the way',
  ENOENT: 'the folder is gone, or none can be made there',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'a link is in the way',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** Files or folders are not what they should be; the message completes “it cannot be used: …”. */
export class Unusable extends Error {}

/**
 * What went wrong, as the end of a sentence without a full stop.
 * @param own other words for some of the system's codes
 */
export function reasonOf(error: unknown, own: Partial<Record<string, string>> = {}): string {
  if (error instanceof Unusable) return error.message;
  const { code = '', message } = error as NodeJS.ErrnoException;
  return own[code] ?? reasons[code] ?? message;
}

export const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

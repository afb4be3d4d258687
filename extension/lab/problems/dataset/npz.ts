/** NumPy's archives (`numpy.savez`): arrays by name in a ZIP file. */
import { unzipSync } from 'fflate';
import { DefinitionError } from '../../errors.ts';
import { type OptionPath, spelled } from '../../fixes.ts';
import { closest, show } from '../../options.ts';
import { type NpyArray, readNpy } from './npy.ts';

/**
 * Reads an array by name.
 * @param file names the archive in messages
 * @param path the option that names the array
 * @throws DefinitionError if the bytes are not an archive, or do not contain the name
 */
export function readNpz(bytes: Uint8Array, file: string, name: string, path: OptionPath): NpyArray {
  const members: string[] = [];
  let found: Record<string, Uint8Array>;
  try {
    found = unzipSync(bytes, {
      filter: (member) => {
        members.push(plain(member.name));
        return plain(member.name) === plain(name);
      },
    });
  } catch (error) {
    const isNpy = bytes[0] === 0x93;
    const why = error instanceof Error && !isNpy ? `: ${error.message}` : '';
    throw new DefinitionError(`${file} is not a .npz archive${why}`, {
      hint: isNpy ? 'It is a single array: use `npy`.' : 'Write it with numpy.savez.',
    });
  }
  const [array] = Object.values(found);
  if (array) return readNpy(array, `${file}, '${plain(name)}'`);
  const near = closest(name, members);
  throw new DefinitionError(`${file} has no array ${show(name)}`, {
    hint: `It has ${members.slice(0, 8).map(show).join(', ') || 'none'}.`,
    ...spelled(path, near),
  });
}

/** `x` for the member `x.npy`. */
const plain = (name: string) => name.replace(/\.npy$/, '');

import type { Clip, Drawn, Path } from './recording.ts';

/** What was drawn, further down. */
export function shifted(drawn: readonly Drawn[], down: number): Drawn[] {
  const clips = new Map<Clip, Clip>();
  const clipOf = (clip: Clip | null): Clip | null => {
    if (!clip) return null;
    const known = clips.get(clip) ?? { path: shiftedPath(clip.path, down), within: clipOf(clip.within) };
    clips.set(clip, known);
    return known;
  };
  return drawn.map((one) => {
    const clip = clipOf(one.clip);
    if (one.kind === 'text') return { ...one, y: one.y + down, clip };
    return { ...one, path: shiftedPath(one.path, down), clip };
  });
}

function shiftedPath(path: Path, down: number): Path {
  return path.map((segment) => {
    if (segment.op === 'Z') return segment;
    if (segment.op !== 'C') return { ...segment, y: segment.y + down };
    return { ...segment, y: segment.y + down, y1: segment.y1 + down, y2: segment.y2 + down };
  });
}

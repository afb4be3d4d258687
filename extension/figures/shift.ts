import type { Clip, Drawn, Path } from './recording.ts';

/** What was drawn, further down and to the right. */
export function shifted(drawn: readonly Drawn[], down: number, right = 0): Drawn[] {
  const clips = new Map<Clip, Clip>();
  const clipOf = (clip: Clip | null): Clip | null => {
    if (!clip) return null;
    const known = clips.get(clip) ?? { path: shiftedPath(clip.path, down, right), within: clipOf(clip.within) };
    clips.set(clip, known);
    return known;
  };
  return drawn.map((one) => {
    const clip = clipOf(one.clip);
    if (one.kind === 'text') return { ...one, x: one.x + right, y: one.y + down, clip };
    return { ...one, path: shiftedPath(one.path, down, right), clip };
  });
}

function shiftedPath(path: Path, down: number, right: number): Path {
  return path.map((segment) => {
    if (segment.op === 'Z') return segment;
    const end = { x: segment.x + right, y: segment.y + down };
    if (segment.op !== 'C') return { ...segment, ...end };
    const { x1, y1, x2, y2 } = segment;
    return { ...segment, ...end, x1: x1 + right, y1: y1 + down, x2: x2 + right, y2: y2 + down };
  });
}

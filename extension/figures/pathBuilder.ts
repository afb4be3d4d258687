import { applied, type Matrix } from './matrix.ts';
import type { Path, Segment } from './recording.ts';

/** Builds a path; points are mapped at once, as a canvas does. Arcs become cubic curves, true to 3·10⁻⁴ of the radius. */
export class PathBuilder {
  private segments: Segment[] = [];
  /** Where the next line starts, before it is mapped. */
  private last: { x: number; y: number } | null = null;

  get path(): Path {
    return [...this.segments];
  }

  begin(): void {
    this.segments = [];
    this.last = null;
  }

  moveTo(map: Matrix, x: number, y: number): void {
    this.segments.push({ op: 'M', ...applied(map, x, y) });
    this.last = { x, y };
  }

  lineTo(map: Matrix, x: number, y: number): void {
    const place = applied(map, x, y);
    this.segments.push(this.last ? { op: 'L', ...place } : { op: 'M', ...place });
    this.last = { x, y };
  }

  curveTo(map: Matrix, x1: number, y1: number, x2: number, y2: number, x: number, y: number): void {
    if (!this.last) this.moveTo(map, x1, y1);
    const [first, second] = [applied(map, x1, y1), applied(map, x2, y2)];
    this.segments.push({ op: 'C', x1: first.x, y1: first.y, x2: second.x, y2: second.y, ...applied(map, x, y) });
    this.last = { x, y };
  }

  /** A parabola, as a cubic curve. */
  quadraticTo(map: Matrix, cx: number, cy: number, x: number, y: number): void {
    const from = this.last ?? { x: cx, y: cy };
    const toward = (a: number, b: number) => a + (2 / 3) * (b - a);
    this.curveTo(map, toward(from.x, cx), toward(from.y, cy), toward(x, cx), toward(y, cy), x, y);
  }

  close(): void {
    if (this.segments.length > 0) this.segments.push({ op: 'Z' });
  }

  rect(map: Matrix, x: number, y: number, width: number, height: number): void {
    this.moveTo(map, x, y);
    this.lineTo(map, x + width, y);
    this.lineTo(map, x + width, y + height);
    this.lineTo(map, x, y + height);
    this.close();
    this.last = { x, y };
  }

  /** @param counterclockwise as in a canvas, where the vertical axis points down */
  arc(map: Matrix, x: number, y: number, radius: number, from: number, to: number, counterclockwise = false): void {
    const sweep = sweepOf(from, to, counterclockwise);
    const pieces = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9));
    const step = sweep / pieces;
    const handle = (4 / 3) * Math.tan(step / 4) * radius;
    const at = (angle: number) => ({ x: x + radius * Math.cos(angle), y: y + radius * Math.sin(angle) });
    const start = at(from);
    this.lineTo(map, start.x, start.y);
    for (let piece = 0; piece < pieces; piece++) {
      const [begin, end] = [from + piece * step, from + (piece + 1) * step];
      const [first, second] = [at(begin), at(end)];
      this.curveTo(
        map,
        first.x - handle * Math.sin(begin),
        first.y + handle * Math.cos(begin),
        second.x + handle * Math.sin(end),
        second.y - handle * Math.cos(end),
        second.x,
        second.y,
      );
    }
  }
}

/** The angle that an arc runs through; at most a full turn. */
function sweepOf(from: number, to: number, counterclockwise: boolean): number {
  const turn = 2 * Math.PI;
  const ahead = counterclockwise ? from - to : to - from;
  const sweep = ahead >= turn ? turn : ((ahead % turn) + turn) % turn;
  return counterclockwise ? -sweep : sweep;
}

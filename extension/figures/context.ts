/** A two-dimensional context that records what is drawn, without a page. */
import { colourOf } from './colour.ts';
import { type Fonts, fontOf } from './fonts.ts';
import { angleOf, applied, identity, type Matrix, scaleOf, times } from './matrix.ts';
import { PathBuilder } from './pathBuilder.ts';
import type { Clip, Colour, Drawn, Path, Recording, Stroke } from './recording.ts';

/** What `save` keeps and `restore` brings back: the properties of a canvas context that charts use. */
class State {
  fillStyle = '#000000';
  strokeStyle = '#000000';
  globalAlpha = 1;
  lineWidth = 1;
  lineCap: Stroke['cap'] = 'butt';
  lineJoin: Stroke['join'] = 'miter';
  miterLimit = 10;
  lineDashOffset = 0;
  font = '10px sans-serif';
  textAlign = 'start';
  textBaseline = 'alphabetic';
  direction = 'ltr';
  dash: readonly number[] = [];
  map: Matrix = identity;
  area: Clip | null = null;
}

const anchors: Record<string, 'start' | 'middle' | 'end'> = {
  ...{ start: 'start', left: 'start', center: 'middle', right: 'end', end: 'end' },
};

export class RecordingContext {
  private readonly path = new PathBuilder();
  private readonly saved: State[] = [];
  private state = new State();
  private drawn: Drawn[] = [];

  constructor(
    private readonly fonts: Fonts,
    private readonly size: { width: number; height: number },
  ) {}

  get recording(): Recording {
    return { ...this.size, drawn: [...this.drawn] };
  }

  /** The properties of a canvas context, to be set and read. */
  get properties(): State {
    return this.state;
  }

  save(): void {
    this.saved.push(Object.assign(new State(), this.state));
  }

  restore(): void {
    this.state = this.saved.pop() ?? this.state;
  }

  translate(x: number, y: number): void {
    this.state.map = times(this.state.map, [1, 0, 0, 1, x, y]);
  }

  rotate(angle: number): void {
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    this.state.map = times(this.state.map, [cos, sin, -sin, cos, 0, 0]);
  }

  scale(x: number, y: number): void {
    this.state.map = times(this.state.map, [x, 0, 0, y, 0, 0]);
  }

  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.state.map = [a, b, c, d, e, f];
  }

  resetTransform(): void {
    this.state.map = identity;
  }

  beginPath(): void {
    this.path.begin();
  }

  closePath(): void {
    this.path.close();
  }

  moveTo(x: number, y: number): void {
    this.path.moveTo(this.state.map, x, y);
  }

  lineTo(x: number, y: number): void {
    this.path.lineTo(this.state.map, x, y);
  }

  bezierCurveTo(...points: [number, number, number, number, number, number]): void {
    this.path.curveTo(this.state.map, ...points);
  }

  quadraticCurveTo(...points: [number, number, number, number]): void {
    this.path.quadraticTo(this.state.map, ...points);
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path.rect(this.state.map, x, y, width, height);
  }

  arc(x: number, y: number, radius: number, from: number, to: number, counterclockwise = false): void {
    this.path.arc(this.state.map, x, y, radius, from, to, counterclockwise);
  }

  clip(): void {
    this.state.area = { path: this.path.path, within: this.state.area };
  }

  fill(): void {
    this.fillPath(this.path.path);
  }

  stroke(): void {
    this.strokePath(this.path.path);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.fillPath(this.rectangle(x, y, width, height));
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.strokePath(this.rectangle(x, y, width, height));
  }

  /** Only the whole figure can be cleared: charts clear it before they draw. */
  clearRect(): void {
    this.drawn = [];
  }

  setLineDash(dash: readonly number[]): void {
    this.state.dash = [...dash];
  }

  getLineDash(): number[] {
    return [...this.state.dash];
  }

  measureText(text: string) {
    const font = fontOf(this.state.font);
    const { ascent, descent } = this.fonts.heightsOf(font);
    const width = this.fonts.widthOf(text, font);
    return {
      width,
      actualBoundingBoxLeft: 0,
      actualBoundingBoxRight: width,
      ...{ actualBoundingBoxAscent: ascent, actualBoundingBoxDescent: descent },
      ...{ fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent },
    };
  }

  fillText(text: string, x: number, y: number): void {
    this.write(text, x, y, this.colour(this.state.fillStyle), null);
  }

  strokeText(text: string, x: number, y: number): void {
    const { strokeStyle, lineWidth, map } = this.state;
    this.write(text, x, y, null, { colour: this.colour(strokeStyle), width: lineWidth * scaleOf(map) });
  }

  private rectangle(x: number, y: number, width: number, height: number): Path {
    const path = new PathBuilder();
    path.rect(this.state.map, x, y, width, height);
    return path.path;
  }

  private fillPath(path: Path): void {
    const colour = this.colour(this.state.fillStyle);
    if (path.length > 0 && colour.opacity > 0) this.drawn.push({ kind: 'fill', path, colour, clip: this.state.area });
  }

  private strokePath(path: Path): void {
    const { strokeStyle, lineWidth, dash, lineDashOffset, lineCap, lineJoin, map, area: clip } = this.state;
    const colour = this.colour(strokeStyle);
    if (path.length === 0 || colour.opacity === 0 || !(lineWidth > 0)) return;
    const scale = scaleOf(map);
    const stroke = {
      colour,
      width: lineWidth * scale,
      dash: dash.map((length) => length * scale),
      dashOffset: lineDashOffset * scale,
      cap: lineCap,
      join: lineJoin,
    };
    this.drawn.push({ kind: 'stroke', path, stroke, clip });
  }

  private write(
    text: string,
    x: number,
    y: number,
    fill: Colour | null,
    stroke: Pick<Stroke, 'colour' | 'width'> | null,
  ) {
    if (text.trim() === '') return;
    const { map, textAlign, textBaseline, font: css, area: clip } = this.state;
    const font = fontOf(css);
    const { ascent, descent } = this.fonts.heightsOf(font);
    const shifts: Record<string, number> = {
      ...{ alphabetic: 0, middle: (ascent - descent) / 2, top: ascent, hanging: 0.8 * ascent },
      ...{ bottom: -descent, ideographic: -descent },
    };
    const anchor = anchors[textAlign];
    const shift = shifts[textBaseline];
    if (!anchor || shift === undefined)
      throw new Error(`text cannot be placed at '${textAlign}' and '${textBaseline}'`);
    this.drawn.push({
      ...{ kind: 'text', text, anchor, fill, stroke, clip },
      ...applied(map, x, y + shift),
      angle: angleOf(map),
      font: { ...font, size: font.size * scaleOf(map) },
    });
  }

  private colour(style: unknown): Colour {
    if (typeof style !== 'string') throw new Error('figures have no gradients and patterns');
    const colour = colourOf(style);
    return { ...colour, opacity: colour.opacity * this.state.globalAlpha };
  }
}

/**
 * The context as charts see it. What it does not know is an error: nothing that is drawn is lost in silence.
 * @param canvas what the context's property of that name is
 */
export function asCanvasContext(context: RecordingContext, canvas: object): CanvasRenderingContext2D {
  const has = (name: string | symbol) => name in context.properties;
  return new Proxy(context, {
    get(target, name) {
      if (name === 'canvas') return canvas;
      if (has(name)) return Reflect.get(target.properties, name);
      const method: unknown = Reflect.get(target, name);
      if (typeof method === 'function') return method.bind(target);
      throw new Error(`figures do not know the context's ${String(name)}`);
    },
    set(target, name, value) {
      if (!has(name)) throw new Error(`figures do not know the context's ${String(name)}`);
      return Reflect.set(target.properties, name, value);
    },
  }) as unknown as CanvasRenderingContext2D;
}

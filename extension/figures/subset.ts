/** Makes a font that has only the letters of a text, with HarfBuzz. */

/** What is used of HarfBuzz's WebAssembly. */
interface HarfBuzz {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(bytes: number): number;
  free(at: number): void;
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_unicode_set(input: number): number;
  hb_subset_input_set_flags(input: number, flags: number): void;
  hb_subset_or_fail(face: number, input: number): number;
}

const WRITABLE = 2;
const NO_HINTING = 1;

export class FontSubsetter {
  private constructor(private readonly harfbuzz: HarfBuzz) {}

  /** @param wasm `harfbuzz-subset.wasm` of harfbuzzjs */
  static async load(wasm: Uint8Array<ArrayBuffer>): Promise<FontSubsetter> {
    const { instance } = await WebAssembly.instantiate(wasm);
    const harfbuzz = instance.exports as unknown as HarfBuzz;
    harfbuzz._initialize();
    return new FontSubsetter(harfbuzz);
  }

  /**
   * A TrueType file with the pictures of these characters.
   * @throws Error for a file that is no font
   */
  subset(font: Uint8Array, text: string): Uint8Array {
    const { harfbuzz: hb } = this;
    const data = hb.malloc(font.length);
    // Memory may move whenever it grows: it is looked at anew each time.
    new Uint8Array(hb.memory.buffer).set(font, data);
    const blob = hb.hb_blob_create(data, font.length, WRITABLE, 0, 0);
    const face = hb.hb_face_create(blob, 0);
    hb.hb_blob_destroy(blob);
    const input = hb.hb_subset_input_create_or_fail();
    hb.hb_subset_input_set_flags(input, NO_HINTING);
    const characters = hb.hb_subset_input_unicode_set(input);
    for (const character of text) hb.hb_set_add(characters, character.codePointAt(0)!);
    const made = hb.hb_subset_or_fail(face, input);
    hb.hb_subset_input_destroy(input);
    const bytes = made === 0 ? null : this.bytesOf(made);
    hb.hb_face_destroy(face);
    hb.free(data);
    if (!bytes || bytes.length === 0) throw new Error('the letters of a figure could not be taken from its font');
    return bytes;
  }

  private bytesOf(face: number): Uint8Array {
    const { harfbuzz: hb } = this;
    const blob = hb.hb_face_reference_blob(face);
    const at = hb.hb_blob_get_data(blob, 0);
    const bytes = new Uint8Array(hb.memory.buffer).slice(at, at + hb.hb_blob_get_length(blob));
    hb.hb_blob_destroy(blob);
    hb.hb_face_destroy(face);
    return bytes;
  }
}

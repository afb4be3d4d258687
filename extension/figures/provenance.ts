/** Where a figure comes from; it is written into the file's own metadata. */
export interface Provenance {
  title: string;
  /** What is seen, in a few sentences. */
  description: string;
  /** For example `Depth Lab 0.1.0`. */
  creator: string;
  /** The lab file, as the user names it. */
  source: string;
  /** The keys of the runs that are drawn. */
  keys: readonly string[];
}

/** Description, creator and source in one text. */
export function provenanceText({ description, creator, source }: Provenance): string {
  return [description, `${creator}, from ${source}.`].filter(Boolean).join('\n');
}

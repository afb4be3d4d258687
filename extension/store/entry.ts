/** What is known of a record without reading it. */
export interface Entry {
  /** At most 32 characters of ASCII without spaces. */
  kind: string;
  /** 64 hex digits. */
  key: string;
  /** Length of the payload. */
  bytes: number;
  /** Milliseconds since 1970, when it was put. */
  date: number;
}

/** An entry alone, of something that says more. */
export const entryOf = ({ kind, key, bytes, date }: Entry): Entry => ({ kind, key, bytes, date });

/** Kind and key in one word. */
export const nameOf = ({ kind, key }: { kind: string; key: string }): string => `${kind} ${key}`;

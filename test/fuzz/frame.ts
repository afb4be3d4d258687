import { serialize } from 'node:v8';

/** A message as the channel writes it, byte by byte as documented there. */
export function frame(message: unknown): Buffer {
  const body = serialize(message);
  const header = Buffer.from([0x01, 0x0f, 0xab, 0xd1, 0, 0, 0, 0]);
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body]);
}

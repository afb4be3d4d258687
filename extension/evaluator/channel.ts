/**
 * Messages between two processes over a stream: frames of a fixed word, a length (4 bytes each, little-endian) and a
 * structured clone.
 * Unlike Node's own channel, bytes that are no message end the channel instead of throwing in the receiver's event loop.
 */
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';
import { withOwnArrays } from '../lab/ownArrays.ts';

const HEADER = 8;
/** Begins each frame, so that other bytes are noticed at once. */
const WORD = 0xd1_ab_0f_01;
/** Largest frame in bytes. */
const MOST_BYTES = 2 ** 31;

export interface ChannelEvents {
  onMessage(message: unknown): void;
  /** The other side has gone, or has sent bytes that are no message. Called once. */
  onClose(): void;
}

export class Channel {
  private chunks: Buffer[] = [];
  private received = 0;
  private isOpen = true;

  constructor(
    private readonly stream: Duplex,
    private readonly events: ChannelEvents,
  ) {
    stream.on('data', (chunk: Buffer) => this.take(chunk));
    stream.on('error', () => this.close());
    stream.on('close', () => this.close());
    stream.on('end', () => this.close());
  }

  /** Sends plain data; does nothing once the channel is closed. */
  send(message: unknown): void {
    if (!this.isOpen) return;
    const body = serialize(message);
    const header = Buffer.alloc(HEADER);
    header.writeUInt32LE(WORD);
    header.writeUInt32LE(body.length, 4);
    this.stream.write(header);
    this.stream.write(body);
  }

  /** Closes the channel; `onClose` is called. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.chunks = [];
    this.stream.destroy();
    this.events.onClose();
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.received += chunk.length;
    for (let frame = this.nextFrame(); frame; frame = this.nextFrame()) {
      let message: unknown;
      try {
        message = withOwnArrays(deserialize(frame));
      } catch {
        this.close();
        return;
      }
      this.events.onMessage(message);
    }
  }

  /** Takes the next frame from what was received; null if it is not complete, or if there can be none. */
  private nextFrame(): Buffer | null {
    if (!this.isOpen || this.received < HEADER) return null;
    const header = this.peek();
    const length = header.readUInt32LE(4);
    if (header.readUInt32LE() !== WORD || length > MOST_BYTES) {
      this.close();
      return null;
    }
    if (this.received < HEADER + length) return null;
    const all = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    this.chunks = [all.subarray(HEADER + length)];
    this.received -= HEADER + length;
    return all.subarray(HEADER, HEADER + length);
  }

  /** A buffer that begins with the next header. */
  private peek(): Buffer {
    const [first] = this.chunks;
    if (first && first.length >= HEADER) return first;
    this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0]!;
  }
}

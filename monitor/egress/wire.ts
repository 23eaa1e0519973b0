/**
 * A TCP connection that counts what arrives, raw, and ends itself when more comes than it may: the only cap that a
 * flood of interim answers, chunk extensions or trailers cannot slip under (reliability D8). Bytes and microseconds.
 */
import { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Clock } from '#monitor/clock.ts';

export class Wire extends Socket {
  readonly #clock: Clock;
  readonly #cap: number;
  /** Raw bytes that arrived, as far as we were told. */
  received = 0;
  capped = false;
  /** When the first byte arrived that was not part of the TLS handshake; 0 before. */
  firstByteUs = 0;

  constructor(clock: Clock, cap: number) {
    super({ noDelay: true });
    this.#clock = clock;
    this.#cap = cap;
    // A socket that fails after its owner has turned away must not end the process.
    this.on('error', ignore);
  }

  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk === null) return super.push(null);
    if (!this.admit((chunk as Uint8Array).length)) return false;
    return super.push(chunk, encoding);
  }

  /** Counts `bytes` more; false when they were too many and the connection was ended. */
  admit(bytes: number): boolean {
    if (this.firstByteUs === 0) this.firstByteUs = this.#clock.monotonicUs();
    this.received += bytes;
    return this.#within();
  }

  /** Under TLS the records pass below JavaScript: the kernel's counter is asked instead. */
  recount(): boolean {
    this.received = Math.max(this.received, this.bytesRead);
    return this.#within();
  }

  #within(): boolean {
    if (this.received <= this.#cap) return true;
    this.capped = true;
    this.destroy();
    return false;
  }
}

const ignore = (): void => undefined;

/** Counts what TLS delivers on the wire below it; call before the handshake ends. */
export const countThrough = (tls: TLSSocket, wire: Wire): void => {
  tls.on('error', ignore);
  const push = tls.push;
  tls.push = function counted(this: TLSSocket, chunk: unknown, encoding?: BufferEncoding): boolean {
    if (chunk !== null && !(wire.admit((chunk as Uint8Array).length) && wire.recount())) {
      this.destroy();
      return false;
    }
    return push.call(this, chunk, encoding);
  };
};

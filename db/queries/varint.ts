/** Integers as bytes: unsigned LEB128 and zigzag, for whole numbers up to 2^53. Refuses a number that runs over the end. */

export class ByteWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(this.#length + 1);
    this.#bytes[this.#length++] = value;
  }
  /** `value` must be a whole number from 0 to 2^53 - 1. */
  varint(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.byte((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    this.byte(rest);
  }
  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(this.#length + bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
  #grow(atLeast: number): void {
    const bigger = new Uint8Array(Math.max(atLeast, this.#bytes.length * 2));
    bigger.set(this.#bytes);
    this.#bytes = bigger;
  }
}

export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }
  get left(): number {
    return this.#bytes.length - this.#at;
  }
  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new RangeError('the bytes end in the middle of a number');
    return value;
  }
  varint(): number {
    const first = this.byte();
    if (first < 0x80) return first;
    let value = first & 0x7f;
    for (let scale = 0x80; ; scale *= 0x80) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      if (scale > 2 ** 49) throw new RangeError('a number in the bytes is too long');
    }
    return value;
  }
  /** The next numbers, as many as there is room for. */
  varints(into: Float64Array): void {
    for (let i = 0; i < into.length; i++) {
      const first = this.#bytes[this.#at] ?? 0x80;
      if (first < 0x80) {
        into[i] = first;
        this.#at++;
      } else into[i] = this.varint();
    }
  }
  take(length: number): Uint8Array {
    if (length > this.left) throw new RangeError('the bytes end in the middle of a column');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
/** Small ones by bits, which is most of the time of a decoded column. */
export const unzigzag = (value: number): number =>
  value < 2 ** 31 ? (value >>> 1) ^ -(value & 1) : value % 2 === 1 ? -(value + 1) / 2 : value / 2;

/** A day of checks on another day: the first instant is the only time in a pack that is not a distance (layout: db/queries/pack.ts). */
import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter, unzigzag, zigzag } from '#db/queries/varint.ts';

/** Version byte and CRC-32. */
const HEAD = 5;

export const movedPack = (core: Uint8Array, byMs: number): Uint8Array => {
  const reader = new ByteReader(core.subarray(HEAD));
  const content = new ByteWriter();
  content.varint(reader.varint());
  content.varint(zigzag(unzigzag(reader.varint()) + byMs));
  content.append(reader.take(reader.left));
  const body = content.done();
  const out = new Uint8Array(HEAD + body.length);
  out[0] = core[0] as number;
  new DataView(out.buffer).setUint32(1, crc32(body));
  out.set(body, HEAD);
  return out;
};

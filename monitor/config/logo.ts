/**
 * `page.logo`: a picture beside the configuration file, read when the file is read. What it is, is told by its bytes, not by its name. SVG,
 * PNG and WebP, at most 64 KiB; its size in pixels comes along so that the page does not jump. Nothing of it is ever run or parsed further.
 */
import { createHash } from 'node:crypto';
import type { Logo } from './config.ts';
import { type Wrong, wrong } from './leaf.ts';

export const LOGO_TYPES = { svg: 'image/svg+xml', png: 'image/png', webp: 'image/webp' } as const satisfies Record<Logo['kind'], string>;
export type LogoKind = Logo['kind'];
export const MAX_LOGO_BYTES = 64 * 1_024;

/** A file beside the configuration file. `bytes` null: it is larger than was asked for. Throws as `readFileSync` does. */
export type ReadBeside = (name: string, mostBytes: number) => { readonly size: number; readonly bytes: Uint8Array | null };

interface Size {
  readonly width: number;
  readonly height: number;
}
const within = (width: number, height: number): Size | null =>
  width >= 1 && height >= 1 && width <= 10_000 && height <= 10_000 ? { width: Math.round(width), height: Math.round(height) } : null;

const pngSize = (bytes: Buffer): Size | null =>
  bytes.length > 24 && bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))
    ? within(bytes.readUInt32BE(16), bytes.readUInt32BE(20))
    : null;

/** RFC 9649: lossy, lossless and extended headers. */
const webpSize = (bytes: Buffer): Size | null => {
  if (bytes.length < 30 || bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WEBP') return null;
  const form = bytes.toString('latin1', 12, 16);
  if (form === 'VP8X') return within(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
  if (form === 'VP8 ') return within(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
  if (form !== 'VP8L') return null;
  const packed = bytes.readUInt32LE(21);
  return within((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1);
};

const svgSize = (bytes: Buffer): Size | null => {
  const tag = /^(?:\uFEFF)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!DOCTYPE[^>[]*>\s*)?<svg\b([^>]*)>/i.exec(
    bytes.toString('utf8'),
  )?.[1];
  if (tag === undefined) return null;
  const length = (name: string): number => Number(new RegExp(`(?:^|\\s)${name}\\s*=\\s*["']([\\d.]+)(?:px)?["']`).exec(tag)?.[1]);
  const box =
    /\sviewBox\s*=\s*["']([\d\s.,e+-]+)["']/
      .exec(tag)?.[1]
      ?.trim()
      .split(/[\s,]+/)
      .map(Number) ?? [];
  const [, , boxWidth = Number.NaN, boxHeight = Number.NaN] = box;
  return within(length('width'), length('height')) ?? within(boxWidth, boxHeight);
};

const SIZES: Readonly<Record<LogoKind, (bytes: Buffer) => Size | null>> = { svg: svgSize, png: pngSize, webp: webpSize };

/** The picture of these bytes, or why they are none. */
const logoOf = (bytes: Uint8Array): Logo | Wrong => {
  const buffer = Buffer.from(bytes);
  for (const kind of Object.keys(SIZES) as LogoKind[]) {
    const size = SIZES[kind](buffer);
    if (size)
      return { kind, base64: buffer.toString('base64'), version: createHash('sha256').update(buffer).digest('hex').slice(0, 16), ...size };
  }
  return wrong('must be an SVG (with width and height, or viewBox), PNG or WebP picture, and the bytes of this file are none of them');
};

/** Reads and judges the file that the key names. */
export const readLogo = (name: string, read: ReadBeside | undefined): Logo | Wrong => {
  if (!read) return wrong('names a file, and none can be read from here; put the configuration into a file');
  try {
    const { size, bytes } = read(name, MAX_LOGO_BYTES);
    if (bytes === null) return wrong(`has ${size} bytes and ${MAX_LOGO_BYTES} (64 KiB) are allowed; make the picture smaller`);
    return logoOf(bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return wrong('does not exist; check its path, which begins at the folder of this file');
    return code === 'EACCES' ? wrong('may not be read by this user; check its rights') : wrong(`can not be read (${code ?? 'no file'})`);
  }
};

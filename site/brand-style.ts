/**
 * The vendor's accent as two numbers that the sheet makes its own colour of: hue as given, chroma at most what keeps text at 7:1 on paper in
 * both schemes whatever the hue (test/site/style/tokens.test.ts). Lightness is the sheet's. Pure.
 */

/** OKLCH chroma; the sheet's own accent has 0.11. */
export const MOST_CHROMA = 0.13;

const linear = (byte: number): number => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

/** Hue in degrees and chroma of `#rrggbb` in OKLCH, the chroma held within `MOST_CHROMA`. */
export const brandColour = (accent: string): { readonly hue: number; readonly chroma: number } => {
  const packed = Number.parseInt(accent.slice(1), 16);
  const [r, g, b] = [linear((packed >> 16) & 255), linear((packed >> 8) & 255), linear(packed & 255)];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const x = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const y = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { hue: (Math.atan2(y, x) * (180 / Math.PI) + 360) % 360, chroma: Math.min(MOST_CHROMA, Math.hypot(x, y)) };
};

/** The sheet that stands inline in every page of this vendor; null: our own accent. Digits only, whatever was configured; before any :root. */
export const brandStyle = (accent: string | null): string | null => {
  if (accent === null || !/^#[\da-f]{6}$/i.test(accent)) return null;
  const { hue, chroma } = brandColour(accent);
  return `html:root{--brand-hue:${hue.toFixed(1)};--brand-chroma:${chroma.toFixed(3)}}`;
};

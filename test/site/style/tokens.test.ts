/**
 * The colours of the page, computed from the sheet itself: contrast by WCAG 2.2 on the paper they stand on, and how far
 * apart the states are for the three common colour-vision deficiencies (Machado, Oliveira and Fernandes 2009, severity 1).
 */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { brandColour, brandStyle, MOST_CHROMA } from '#site/brand-style.ts';

const written = readFileSync(new URL('../../../site/style/tokens.css', import.meta.url), 'utf8');
/** The sheet with an accent of this hue and chroma. */
const accented = (hue: number, chroma: number): string =>
  written.replaceAll('var(--brand-hue)', String(hue)).replaceAll('var(--brand-chroma)', String(chroma));
const ownAccent = (name: string): number => Number(new RegExp(`--brand-${name}: ([\\d.]+);`).exec(written)?.[1]);
type Rgb = readonly [number, number, number];

/** OKLCH as the sheet writes it, to linear sRGB. */
const linearOf = (css: string): Rgb => {
  const match = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)$/.exec(css);
  if (!match) throw new Error(`not an oklch colour: ${css}`);
  const [lightness, chroma, hue] = [Number(match[1]) / 100, Number(match[2]), (Number(match[3]) * Math.PI) / 180];
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
};
const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: Rgb, b: Rgb): number => {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
};

const tokensIn = (block: string): Map<string, string> =>
  new Map([...block.matchAll(/--([a-z-]+): (oklch\([^)]+\));/g)].map(([, name = '', value = '']) => [name, value]));
const schemesOf = (sheet: string): Readonly<Record<'light' | 'dark', Map<string, string>>> => {
  const [light = '', dark = ''] = [...sheet.matchAll(/:root \{([^}]+)\}/g)].map(([, block]) => block);
  return { light: tokensIn(light), dark: tokensIn(dark) };
};
const schemes = schemesOf(accented(ownAccent('hue'), ownAccent('chroma')));

const STATES = ['up', 'degraded', 'down', 'maintenance', 'unknown'] as const;

const deficiencies: Readonly<Record<string, readonly (readonly [number, number, number])[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const seen = (colour: Rgb, matrix: readonly (readonly [number, number, number])[]): Rgb =>
  matrix.map(([r, g, b]) => Math.min(1, Math.max(0, r * colour[0] + g * colour[1] + b * colour[2]))) as unknown as Rgb;
/** Distance in OKLab; 0.02 is about what one can just tell apart side by side. */
const oklab = ([r, g, b]: Rgb): Rgb => {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
};
const apart = (a: Rgb, b: Rgb): number => Math.hypot(...oklab(a).map((value, i) => value - (oklab(b)[i] ?? 0)));

describe.each(Object.entries(schemes))('colours in %s', (_scheme, tokens) => {
  const colour = (name: string): Rgb => linearOf(tokens.get(name) ?? 'absent');

  test('white on black is 21 to 1, so the arithmetic is right', () => {
    expect(contrast(linearOf('oklch(100% 0 0)'), linearOf('oklch(0% 0 0)'))).toBeCloseTo(21, 1);
  });

  test.each(['ink', 'ink-soft', 'accent'])('text in %s has a contrast of at least 7 to 1', (name) => {
    expect(contrast(colour(name), colour('paper'))).toBeGreaterThanOrEqual(7);
  });

  test.each(STATES)('the state %s has a contrast of at least 3 to 1', (name) => {
    expect(contrast(colour(name), colour('paper'))).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.keys(deficiencies))('up, degraded and down can be told apart with %s', (name) => {
    const matrix = deficiencies[name] ?? [];
    const [up, degraded, down] = ['up', 'degraded', 'down'].map((state) => seen(colour(state), matrix)) as [Rgb, Rgb, Rgb];
    expect(apart(up, down)).toBeGreaterThan(0.1);
    expect(apart(up, degraded)).toBeGreaterThan(0.06);
    expect(apart(degraded, down)).toBeGreaterThan(0.1);
  });
});

describe('the accent of a vendor', () => {
  const text = (scheme: 'light' | 'dark', hue: number, chroma: number): number => {
    const tokens = schemesOf(accented(hue, chroma))[scheme];
    return contrast(linearOf(tokens.get('accent') ?? 'absent'), linearOf(tokens.get('paper') ?? 'absent'));
  };
  test.each(['light', 'dark'] as const)('is read at 7 to 1 in %s whatever colour was configured', (scheme) => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (packed) => {
        const { hue, chroma } = brandColour(`#${packed.toString(16).padStart(6, '0')}`);
        expect(chroma).toBeLessThanOrEqual(MOST_CHROMA);
        expect(text(scheme, Number(hue.toFixed(1)), Number(chroma.toFixed(3)))).toBeGreaterThanOrEqual(7);
      }),
    );
  });
  test.each(['light', 'dark'] as const)('is read at 7 to 1 in %s at every hue in full chroma', (scheme) => {
    for (let hue = 0; hue < 360; hue += 3) expect(text(scheme, hue, MOST_CHROMA)).toBeGreaterThanOrEqual(7);
  });
  test('keeps its hue; grey has none to speak of, and what is no colour is no style', () => {
    expect(brandColour('#ff0000').hue).toBeCloseTo(29.2, 1);
    expect(brandStyle('#0a6ed1')).toBe('html:root{--brand-hue:254.7;--brand-chroma:0.130}');
    expect(brandColour('#777777').chroma).toBeLessThan(0.001);
    expect(brandStyle(null)).toBeNull();
    expect(brandStyle('#000000}</style>')).toBeNull();
  });
});

/** The thread in which one SVG becomes one PNG: its letters, the program that draws, and an end. Started by picture-maker.ts. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Of what `legible` lets through. */
const SUBSETS = ['latin', 'latin-ext', 'greek', 'cyrillic'];

const { resolve } = createRequire(import.meta.url);
const { svg } = workerData as { readonly svg: string };
const fonts = SUBSETS.map((subset) => readFile(resolve(`@fontsource/inter/files/inter-${subset}-500-normal.woff2`)));
await initWasm(readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')));
const drawing = new Resvg(svg, { font: { fontBuffers: await Promise.all(fonts), defaultFontFamily: 'Inter' } });
const png = drawing.render().asPng();
parentPort?.postMessage(png);

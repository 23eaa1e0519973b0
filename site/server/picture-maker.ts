/**
 * PNG from SVG, in a thread that lives for one picture: drawing takes longer than a page may wait, and what it needs of memory is gone
 * afterwards. One picture at a time; the same drawing is not made twice. Rejects when it cannot be drawn.
 */
import { Worker } from 'node:worker_threads';

const draw = (svg: string): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./picture-thread.ts', import.meta.url), { workerData: { svg }, name: 'picture' });
    // A stop of Avow does not wait for it.
    thread.unref();
    thread.once('message', (png: Uint8Array) => resolve(png));
    thread.once('error', (cause) => reject(new Error('The picture for social networks could not be drawn.', { cause })));
    thread.once('exit', (code) => reject(new Error(`The thread that draws the picture for social networks ended (${code}) without one.`)));
  });

let last: { readonly svg: string; readonly png: Promise<Uint8Array> } | null = null;

export const pngOf = (svg: string): Promise<Uint8Array> => {
  if (last?.svg === svg) return last.png;
  const before = last?.png ?? Promise.resolve(null);
  const png = before.catch(() => null).then(() => draw(svg));
  const made = { svg, png };
  last = made;
  png.catch(() => {
    if (last === made) last = null;
  });
  return png;
};
